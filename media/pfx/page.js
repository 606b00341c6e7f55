// The PFX page: turns the messages of protocol.ts into DOM, by textContent only; every value in them may be hostile.
(() => {
  const vscode = acquireVsCodeApi();
  const root = document.getElementById('root');

  const element = (tag, options = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(options)) {
      if (value === undefined || value === null) continue;
      if (key === 'text') node.textContent = value;
      else if (key === 'class') node.className = value;
      else node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  };

  const heading = (text) => element('h1', { text });

  const button = (text, message, isPrimary) => {
    const node = element('button', { text, class: isPrimary ? 'primary' : 'secondary', type: 'button' });
    node.addEventListener('click', () => vscode.postMessage(message));
    return node;
  };

  const copyButton = ({ term, value, copy }, word) => {
    const node = element('button', { class: 'copy', type: 'button', 'aria-label': copy, title: copy, text: word });
    node.addEventListener('click', () => vscode.postMessage({ type: 'copy', what: term, text: value }));
    return node;
  };

  /** A table of terms; rows without a value are left out. */
  const rows = (list, word) =>
    element(
      'dl',
      {},
      ...list
        .filter(({ value }) => value !== '')
        .flatMap((row) => [
          element('dt', { text: row.term }),
          element(
            'dd',
            {},
            element('span', { text: row.value, class: row.copy ? 'mono' : undefined }),
            row.copy ? copyButton(row, word) : null,
          ),
        ]),
    );

  const findings = (view, heading) =>
    view === null
      ? null
      : element(
          'section',
          { class: 'findings' },
          element(heading, { text: view.heading }),
          element(
            'ul',
            {},
            ...view.items.map(({ severity, word, code, message, remedy }) =>
              element(
                'li',
                { class: `finding ${severity}` },
                element('span', { class: 'severity', text: word }),
                element('span', { text: remedy === '' ? message : `${message} ` }),
                remedy === '' ? null : element('span', { class: 'remedy', text: remedy }),
                element('code', { text: code }),
              ),
            ),
          ),
        );

  const certificate = (view, index, uri) => {
    const id = `certificate-${index}`;
    const context = {
      webviewSection: 'certificate',
      uri,
      thumbprint: view.thumbprint,
      tlsCertificateName: view.tlsCertificateName,
      preventDefaultContextMenuItems: true,
    };
    return element(
      'section',
      {
        class: 'certificate',
        'aria-labelledby': id,
        'data-vscode-context': JSON.stringify(context),
        // focusable, so that the Menu key and Shift+F10 reach this certificate's commands
        tabindex: '0',
      },
      element(
        'h2',
        { id },
        element('span', { text: view.heading }),
        ...view.badges.map((text) => element('span', { class: 'badge', text })),
      ),
      findings(view.findings, 'h3'),
      view.comparison === null
        ? null
        : element(
            'section',
            { class: 'comparison' },
            element('h3', { text: view.comparison.heading }),
            rows(view.comparison.rows, ''),
          ),
      rows(view.rows, view.copyWord),
    );
  };

  const unread = ({ heading, items }) =>
    element(
      'section',
      { class: 'certificate unread' },
      element('h2', { text: heading }),
      element('ul', {}, ...items.map((text) => element('li', { text }))),
    );

  const inspection = (view) => {
    document.body.setAttribute(
      'data-vscode-context',
      JSON.stringify({ webviewSection: 'file', uri: view.uri, preventDefaultContextMenuItems: true }),
    );
    return [
      element(
        'header',
        {},
        heading(view.title),
        element('p', { class: view.isOpened ? 'outcome' : 'outcome failed', role: 'status', text: view.message }),
        view.actions.length === 0
          ? null
          : element(
              'div',
              { class: 'actions' },
              ...view.actions.map(({ type, label, isPrimary }) => button(label, { type }, isPrimary)),
            ),
      ),
      findings(view.findings, 'h2'),
      view.rows.length === 0
        ? null
        : element('section', { class: 'file' }, element('h2', { text: view.rowsHeading }), rows(view.rows, '')),
      ...view.certificates.map((one, index) => certificate(one, index, view.uri)),
      view.unread === null ? null : unread(view.unread),
    ].filter((node) => node !== null);
  };

  let working;
  /** The button stays the same node while the numbers change: focus would be lost otherwise. */
  const showWorking = ({ title, message, cancel, progress }) => {
    if (working?.status.isConnected !== true) {
      working = {
        status: element('p', { class: 'status', role: 'status' }),
        bar: element('progress', { max: '1', 'aria-label': message }),
      };
      const stop = button(cancel, { type: 'cancel' }, false);
      root.replaceChildren(heading(title), working.status, working.bar, element('div', { class: 'actions' }, stop));
    }
    working.status.textContent = message;
    working.bar.hidden = progress === null;
    if (progress !== null) working.bar.value = progress;
  };

  const render = (message) => {
    switch (message.type) {
      case 'reading':
        root.replaceChildren();
        break;
      case 'working':
        showWorking(message);
        break;
      case 'cancelled':
      case 'failed':
        root.replaceChildren(
          heading(message.title),
          element('p', { text: message.message, class: 'status', role: 'status' }),
          button(message.action, { type: 'password' }, true),
        );
        break;
      case 'inspection': {
        const focused = [...root.querySelectorAll('button, [tabindex]')].indexOf(document.activeElement);
        root.replaceChildren(...inspection(message.view));
        // judged anew while someone reads: the focus stays where it was
        if (focused >= 0) root.querySelectorAll('button, [tabindex]')[focused]?.focus({ preventScroll: true });
        break;
      }
    }
  };

  window.addEventListener('message', ({ data }) => {
    vscode.setState(data);
    render(data);
  });
  const last = vscode.getState();
  if (last) render(last);
  vscode.postMessage({ type: 'ready' });
})();
