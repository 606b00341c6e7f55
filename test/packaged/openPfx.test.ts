// The packed extension in a clean editor: a double click on a PFX asks for its password, and shows what is in it.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { startEditor, type Editor } from '../editor/server';
import { openWindow, type Window } from '../editor/window';
import { prepareWorkspace, type Sample } from '../editor/workspace';
import { samplePassword } from '../lab/organization';
import { samplePaths } from '../lab/sampleWorkspace';
import { certificateByOpenssl } from './opensslPfx';

describe('the packed extension in a clean editor', () => {
  let sample: Sample;
  let editor: Editor;
  let window: Window;

  before(async () => {
    sample = await prepareWorkspace();
    editor = await startEditor({ workspace: sample.workspace, install: [process.env['VSIX'] ?? ''] });
    window = await openWindow(editor, 'exchange-certificates.yaml');
  });

  after(async () => {
    await window.close();
    await editor.stop();
    await sample.stop();
  });

  it('opens a PFX by double click and password, and shows the thumbprint that openssl tells', async () => {
    const [folder = '', file = ''] = samplePaths.pfx.split('/');
    await window.explorer(folder).click();
    await window.openByDoubleClick(file);
    const page = window.webview();
    assert.equal(await window.quickInput.getAttribute('type'), 'password');
    await window.answer(samplePassword);
    const certificate = new X509Certificate(certificateByOpenssl(sample.workspace, samplePaths.pfx, samplePassword));
    const thumbprint = certificate.fingerprint.replaceAll(':', '');
    await page.getByText(thumbprint).first().waitFor();
    await window.screenshot('packaged-pfx');
    assert.match((await page.locator('body').textContent()) ?? '', /www\.mydomain\.com/);
  });
});
