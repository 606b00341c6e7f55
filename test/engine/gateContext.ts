// A context whose every name is the one given, for scripts that are parsed and not run.
import { type Thumbprint } from '../../src/model/names';
import { type Rotation } from '../../src/model/rotation';
import { type ScriptContext } from '../../src/powershell/scriptContext';

export function gateContext(name: string): ScriptContext {
  const server = {
    address: name,
    endpoints: { smtp: 25, https: 443, imaps: 993, pop3s: 995, submission: 0, smtps: 0, backEnd: 0, imap: 0, pop3: 0 },
    mode: 'session' as const,
  };
  const rotation = {
    from: { thumbprint: 'A'.repeat(40) as Thumbprint },
    to: { thumbprint: 'B'.repeat(40) as Thumbprint, pfx: { path: name, sha256: 'ab'.repeat(32) } },
  };
  return {
    rotation: rotation as Rotation,
    wanted: {
      organization: name,
      remoting: { exchange: [`http://${name}/PowerShell/`] },
      servers: [
        { ...server, name: 'SERVER1', fqdn: name },
        { ...server, name: 'SERVER2', fqdn: `${name}2` },
      ],
      certificates: [],
      connectors: { send: [], receive: [] },
      probe: { from: null, ca: null },
      policy: {
        internalTransportCertificate: 'keep',
        import: 'exchange',
        iis: 'leave',
        observeDays: 0,
        queueMinutes: 0,
        replicationMinutes: 0,
        internalCertificateSeconds: 0,
      },
    },
    domainController: name,
    lastImport: null,
    lastBackUp: null,
  };
}
