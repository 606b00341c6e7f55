// Thumbprints and connector names to the clipboard: from a tree node, the PFX page, a certificate file, or the PEM block at the cursor.
import * as vscode from 'vscode';
import { readCertificateFile } from '../../certificate/certificateFile';
import { isCertificateBlock, pemBlockAt } from '../../certificate/pem';
import { readCertificate } from '../../certificate/readCertificate';
import type { CertificateFacts } from '../../model/certificate';
import { pfxViewType } from '../commands';
import type { Handlers } from '../handlers';
import { copyText } from '../face/copy';
import { pickOne, say, words } from '../face/say';
import { boundedFile } from '../state/boundedFile';
import { textField } from '../subject';
import { uriFrom } from '../uriFrom';
import type { Workspace } from '../workspace';

/** Larger files are no certificates: they are not read into memory to find that out. */
const largestFile = 1 << 20;

export function thumbprintCommands(
  workspace: Workspace,
): Handlers<'copyThumbprint' | 'copyTlsCertificateName' | 'computeThumbprint'> {
  return {
    copyThumbprint: async (argument) => {
      const thumbprint = textField(argument, 'thumbprint');
      if (thumbprint !== undefined) {
        await copyText(words('Thumbprint').text, thumbprint);
      }
    },
    copyTlsCertificateName: async (argument) => {
      const name =
        textField(argument, 'tlsCertificateName') ?? installedName(workspace, textField(argument, 'thumbprint'));
      if (name === undefined) {
        void say.warning(
          words('The TlsCertificateName of this certificate is not known: the snapshot did not tell its contents.'),
        );
      } else {
        await copyText('TlsCertificateName', name);
      }
    },
    computeThumbprint: async (argument) => {
      const atCursor = argument === undefined || !isCertificateFile(argument) ? blockAtCursor() : undefined;
      if (atCursor !== undefined) {
        await showFacts([atCursor]);
        return;
      }
      const uri = uriFrom(argument);
      if (uri === undefined) {
        void say.warning(words('Put the cursor into a PEM block, or choose a certificate file.'));
      } else if (/\.(pfx|p12)$/i.test(uri.path)) {
        await vscode.commands.executeCommand('vscode.openWith', uri, pfxViewType);
      } else {
        const read = await boundedFile(uri, largestFile);
        await showFacts('bytes' in read ? certificatesIn(read.bytes) : []);
      }
    },
  };
}

const isCertificateFile = (argument: unknown): boolean =>
  argument instanceof vscode.Uri && vscode.window.activeTextEditor?.document.uri.toString() !== argument.toString();

function blockAtCursor(): Uint8Array | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const block = pemBlockAt(editor.document.getText(), editor.document.offsetAt(editor.selection.active));
  return block !== undefined && isCertificateBlock(block) ? block.der : undefined;
}

/** The DER certificates of a file, in whatever encoding and wrapping. */
function certificatesIn(bytes: Uint8Array): readonly Uint8Array[] {
  return readCertificateFile(bytes).certificates.map(({ der }) => der);
}

async function showFacts(ders: readonly Uint8Array[]): Promise<void> {
  const facts = ders
    .map((der) => readCertificate(der))
    .filter((read): read is CertificateFacts => 'thumbprint' in read);
  if (facts.length === 0) {
    void say.warning(words('There is no certificate here that can be read.'));
    return;
  }
  const picked =
    facts.length === 1
      ? facts[0]
      : (
          await pickOne(
            facts.map((one) => ({ label: one.thumbprint, description: one.subject, one })),
            { title: words('Thumbprints'), placeHolder: words('Choose the one to copy') },
          )
        )?.one;
  if (picked !== undefined) {
    await copyText(words('Thumbprint {0} of {1}', picked.thumbprint, picked.subject).text, picked.thumbprint);
  }
}

function installedName(workspace: Workspace, thumbprint: string | undefined): string | undefined {
  return workspace.found?.servers
    .flatMap(({ certificates }) => certificates ?? [])
    .find((certificate) => certificate.thumbprint === thumbprint)?.facts?.tlsCertificateName;
}
