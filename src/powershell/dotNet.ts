// The .NET types that generated scripts name, with the members they use of each, and where they use them.

export interface DotNetType {
  /** As it is written between brackets. */
  readonly name: string;
  /** Static members; a method ends with `()`. */
  readonly members: readonly string[];
  /** Used in what runs in a server's session too. */
  readonly onServers?: true;
}

const certificates = 'Security.Cryptography.X509Certificates.';

/** All of them are in .NET Framework 4.7.2; `EphemeralKeySet` is the youngest. */
export const dotNetTypes: readonly DotNetType[] = [
  { name: 'Action', members: [], onServers: true },
  { name: 'BitConverter', members: ['ToString()'] },
  { name: 'Collections.ArrayList', members: [] },
  { name: 'Convert', members: ['ToBase64String()'], onServers: true },
  { name: 'Delegate', members: ['CreateDelegate()'], onServers: true },
  { name: 'Diagnostics.Stopwatch', members: ['StartNew()'], onServers: true },
  { name: 'Globalization.CultureInfo', members: ['InvariantCulture'], onServers: true },
  { name: 'IO.File', members: ['Open()', 'ReadAllBytes()', 'ReadAllText()', 'WriteAllBytes()'], onServers: true },
  { name: 'IO.Path', members: ['DirectorySeparatorChar', 'GetRandomFileName()'], onServers: true },
  { name: 'Math', members: ['Max()', 'Min()'], onServers: true },
  { name: 'Net.Dns', members: ['GetHostAddresses()'], onServers: true },
  { name: 'Net.Security.RemoteCertificateValidationCallback', members: [], onServers: true },
  { name: 'Net.Security.SslStream', members: [], onServers: true },
  { name: 'Net.Sockets.TcpClient', members: [], onServers: true },
  { name: 'Security.Authentication.SslProtocols', members: [], onServers: true },
  { name: 'Security.Cryptography.SHA256', members: ['Create()'] },
  { name: `${certificates}X509Certificate2`, members: [] },
  { name: `${certificates}X509KeyStorageFlags`, members: ['EphemeralKeySet'] },
  { name: 'Security.Principal.SecurityIdentifier', members: [], onServers: true },
  { name: 'Security.Principal.WindowsIdentity', members: ['GetCurrent()'] },
  { name: 'Security.SecureString', members: [] },
  { name: 'Text.Encoding', members: ['ASCII', 'UTF8'], onServers: true },
  { name: 'Threading.CancellationTokenSource', members: [], onServers: true },
];
