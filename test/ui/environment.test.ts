// A shell's environment is this process's, without what the editor set, and takes back what the settings add.
import assert from 'node:assert/strict';
import { shellEnvironment } from '../../src/ui/shell/environment';

describe('The environment of a shell', () => {
  const own = { Path: 'C:\\Windows', HOME: '', none: undefined };

  it("is this process's", () =>
    assert.deepEqual(shellEnvironment(own, []), { Path: 'C:\\Windows', HOME: '', none: null, PSModulePath: null }));

  for (const name of ['PSModulePath', 'PSMODULEPATH', 'NODE_OPTIONS', 'VSCODE_IPC_HOOK_CLI', 'ELECTRON_RUN_AS_NODE']) {
    it(`has no ${name}`, () => assert.equal(shellEnvironment({ ...own, [name]: 'value' }, [])[name], null));
  }

  it('takes back what the settings add, and keeps its own value of what they change', () => {
    const made = shellEnvironment(own, ['ExchangeInstallPath', 'Path', '__proto__']);
    assert.equal(made['ExchangeInstallPath'], null);
    assert.equal(made['Path'], 'C:\\Windows');
    assert.ok(Object.hasOwn(made, '__proto__'));
  });
});
