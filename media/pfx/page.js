// The PFX page: turns the messages of protocol.ts into DOM, by textContent only; every value in them may be hostile.
(() => {
  const vscode = acquireVsCodeApi();
  const root = document.getElementById('root');
  let last = vscode.getState() ?? null;

  const element = (tag, options = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(options)) {
      if (value === undefined || value === null) continue;
      if (key === 'text') node.textContent = value;
      else if (key === 'class') node.className = value;
      else if (key === 'onclick') node.addEventListener('click', value);
      else node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null));
    return node;
  };

  const button = (text, onclick, primary = false) =>
    element('button', { text, onclick, class: primary ? 'primary' : 'secondary', type: 'button' });

  const status = (text, ...actions) => {
    root.replaceChildren(element('p', { text, class: 'status', role: 'status' }), ...actions);
  };

  /** A row of a certificate's table; `copy` adds a button that copies the value. */
  const row = (term, value, copy) =>
    value === null || value === undefined || value === ''
      ? []
      : [
          element('dt', { text: term }),
          element(
            'dd',
            {},
            element('span', { text: value, class: copy ? 'mono' : undefined }),
            copy ? copyButton(term, value) : null,
          ),
        ];

  const copyButton = (what, text) => {
    const node = element('button', {
      class: 'copy',
      type: 'button',
      'aria-label': `${labels.copy} ${what}`,
      title: `${labels.copy} ${what}`,
      text: labels.copy,
    });
    node.addEventListener('click', () => vscode.postMessage({ type: 'copy', what, text }));
    return node;
  };

  let labels = {};

  const finding = ({ severity, code, message }) =>
    element(
      'li',
      { class: `finding ${severity}` },
      element('span', { class: 'severity', text: labels[severity] ?? severity }),
      element('span', { text: message }),
      element('span', { class: 'code', text: code }),
    );

  const findings = (list) =>
    list.length === 0
      ? null
      : element(
          'section',
          { 'aria-label': labels.findings },
          element('h2', { text: labels.findings }),
          element('ul', { class: 'findings' }, ...list.map(finding)),
        );

  const day = (time) => time.replace('T', ' ').replace('Z', ' UTC');

  const imports = (versions) =>
    Object.entries(versions)
      .map(
        ([key, value]) => `${labels[key] ?? key}: ${value === null ? labels.unknown : value ? labels.yes : labels.no}`,
      )
      .join(' · ');

  const certificate = (facts, index, uri) => {
    const context = {
      webviewSection: 'certificate',
      uri,
      thumbprint: facts.thumbprint,
      tlsCertificateName: facts.tlsCertificateName,
      preventDefaultContextMenuItems: true,
    };
    const heading = `certificate-${index}`;
    return element(
      'section',
      {
        class: 'certificate',
        'aria-labelledby': heading,
        'data-vscode-context': JSON.stringify(context),
        tabindex: '0',
      },
      element(
        'h2',
        { id: heading },
        element('span', { text: facts.subject === '' ? labels.emptySubject : facts.subject }),
        facts.hasPrivateKey ? element('span', { class: 'badge', text: labels.privateKey }) : null,
      ),
      element(
        'dl',
        {},
        ...row(labels.thumbprint, facts.thumbprint, true),
        ...row(labels.sha256, facts.sha256, true),
        ...row(labels.tlsCertificateName, facts.tlsCertificateName, true),
        ...row(labels.issuer, facts.issuer),
        ...row(labels.notBefore, day(facts.notBefore)),
        ...row(labels.notAfter, day(facts.notAfter)),
        ...row(labels.dnsNames, facts.dnsNames.join(', ')),
        ...row(labels.serialNumber, facts.serialNumber, true),
        ...row(labels.key, facts.keySize === null ? facts.keyAlgorithm : `${facts.keyAlgorithm} ${facts.keySize}`),
        ...row(labels.friendlyName, facts.friendlyName),
      ),
    );
  };

  const show = ({ inspection, uri, labels: words, fileName }) => {
    labels = words;
    document.body.setAttribute(
      'data-vscode-context',
      JSON.stringify({ webviewSection: 'file', uri, preventDefaultContextMenuItems: true }),
    );
    const opened = inspection.outcome === 'opened';
    root.replaceChildren(
      element(
        'header',
        {},
        element('h1', { text: fileName }),
        element('p', { class: `outcome ${inspection.outcome}`, role: 'status', text: inspection.message }),
        element(
          'div',
          { class: 'actions' },
          opened ? button(labels.rotate, () => vscode.postMessage({ type: 'rotate' }), true) : null,
          opened ? button(labels.convert, () => vscode.postMessage({ type: 'convert' })) : null,
          inspection.outcome === 'wrong-password'
            ? button(labels.enterPassword, () => vscode.postMessage({ type: 'password' }), true)
            : null,
        ),
      ),
      opened
        ? element(
            'section',
            { class: 'file', 'aria-label': labels.file },
            element(
              'dl',
              {},
              ...row(
                labels.encryption,
                inspection.encryption
                  .map((part) =>
                    [
                      labels[part.part] ?? part.part,
                      part.algorithm,
                      part.hash,
                      part.iterations && `${part.iterations} ${labels.iterations}`,
                    ]
                      .filter(Boolean)
                      .join(', '),
                  )
                  .join(' · ') || labels.none,
              ),
              ...row(
                labels.mac,
                inspection.mac === null
                  ? labels.noMac
                  : `${inspection.mac.algorithm}, ${inspection.mac.iterations} ${labels.iterations}`,
              ),
              ...row(labels.importsOn, imports(inspection.importsOn)),
              ...row(labels.privateKeys, String(inspection.privateKeys)),
            ),
          )
        : null,
      findings(inspection.findings),
      ...inspection.certificates.map((facts, index) => certificate(facts, index, uri)),
    );
  };

  const render = (message) => {
    switch (message.type) {
      case 'reading':
      case 'working':
        status(message.message ?? '');
        break;
      case 'cancelled':
      case 'failed':
        status(
          message.message,
          message.type === 'cancelled'
            ? button(message.action, () => vscode.postMessage({ type: 'password' }), true)
            : null,
        );
        break;
      case 'inspection':
        show(message);
        break;
    }
  };

  window.addEventListener('message', ({ data }) => {
    last = data;
    vscode.setState(data);
    render(data);
  });
  if (last) render(last);
  vscode.postMessage({ type: 'ready' });
})();
