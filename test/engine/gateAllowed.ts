// What generated scripts may hold besides the catalogue's commands: each entry is known to be there in 5.1 on .NET 4.7.2.
import { dotNetTypes } from '../../src/powershell/dotNet';
import { exchangeReads, serverReads } from '../../src/powershell/readProperties';

/** The language's own words for types. */
const languageTypes: readonly string[] = [
  ...['bool', 'byte[]', 'char', 'datetime', 'hashtable', 'int', 'object[]', 'ordered', 'regex', 'scriptblock'],
  ...['string', 'string[]', 'switch', 'type', 'uri'],
];

export const types: readonly string[] = [...dotNetTypes.map(({ name }) => name), ...languageTypes];

/** Static members: those of the catalogue's types, and of the language's. */
const statics: readonly string[] = [
  ...dotNetTypes.flatMap(({ members }) => members.map((member) => `::${member}`)),
  ...['::Equals()', '::Match()', '::new()'],
];

/** Properties and methods of .NET's objects and of what the commands return. */
const instances: readonly string[] = [
  ...[...exchangeReads, ...serverReads].flatMap(({ properties }) => properties.map((name) => `.${name}`)),
  '.Access',
  '.Activity',
  '.Add()',
  '.AddMinutes()',
  '.AddSeconds()',
  '.Category',
  '.CategoryInfo',
  '.ComputeHash()',
  '.ComputerName',
  '.Contains()',
  '.ContainsKey()',
  '.Count',
  '.CspKeyContainerInfo',
  '.Dispose()',
  '.DomainController',
  '.Exception',
  '.FullName',
  '.GetBytes()',
  '.GetMember()',
  '.Groups',
  '.Hash',
  '.Host',
  '.InstanceId',
  '.InvocationInfo',
  '.Keys',
  '.LanguageMode',
  '.Message',
  '.Module',
  '.OriginInfo',
  '.PSComputerName',
  '.PSObject',
  '.PSVersion',
  '.Parameters',
  '.Properties',
  '.ProviderPath',
  '.ScriptLineNumber',
  '.ScriptName',
  '.SessionState',
  '.StartsWith()',
  '.ToLowerInvariant()',
  '.ToString()',
  '.ToUniversalTime()',
  '.ToUpperInvariant()',
  '.Translate()',
  '.TrimEnd()',
  '.User',
  '.Value',
  '.Values',
];

/** Keys of the facts and results that the scripts make themselves. */
const keys: readonly string[] = [
  '.after',
  '.auth',
  '.before',
  '.bindings',
  '.certificates',
  '.changed',
  '.clock',
  '.detail',
  '.edgeSubscriptions',
  '.ended',
  '.error',
  '.exchange',
  '.federation',
  '.fqdn',
  '.friendlyName',
  '.guid',
  '.hasPrivateKey',
  '.here',
  '.holds',
  '.httpSys',
  '.hybrid',
  '.identity',
  '.iis',
  '.imap',
  '.internalTransport',
  '.known',
  '.lastError',
  '.means',
  '.message',
  '.messages',
  '.modules',
  '.name',
  '.networkServiceCanRead',
  '.outcome',
  '.pop',
  '.port',
  '.problem',
  '.problems',
  '.provider',
  '.queues',
  '.reached',
  '.receiveConnectors',
  '.roles',
  '.rows',
  '.run',
  '.sendConnectors',
  '.server',
  '.servers',
  '.services',
  '.site',
  '.sourceTransportServers',
  '.status',
  '.step',
  '.thumbprint',
  '.tlsCertificateName',
  '.watched',
  '.where',
  '.why',
  '.windows',
  '.x509CertificateName',
];

export const members: readonly string[] = [...statics, ...instances, ...keys];

export const operators: readonly string[] = [
  'And',
  'As',
  'Cnotmatch',
  'Format',
  'Icontains',
  'Ieq',
  'Ige',
  'Igt',
  'Ilt',
  'Imatch',
  'Ine',
  'Inotcontains',
  'Ireplace',
  'Is',
  'IsNot',
  'Isplit',
  'Join',
  'Multiply',
  'Not',
  'Or',
  'Plus',
];

/** Kinds of syntax; a ternary, a chain of pipelines or a class is none of them. */
export const syntax: readonly string[] = [
  'ArrayExpressionAst',
  'ArrayLiteralAst',
  'AssignmentStatementAst',
  'BinaryExpressionAst',
  'BreakStatementAst',
  'CatchClauseAst',
  'CommandAst',
  'CommandExpressionAst',
  'CommandParameterAst',
  'ConstantExpressionAst',
  'ConvertExpressionAst',
  'DoWhileStatementAst',
  'ExpandableStringExpressionAst',
  'ForEachStatementAst',
  'FunctionDefinitionAst',
  'HashtableAst',
  'IfStatementAst',
  'IndexExpressionAst',
  'InvokeMemberExpressionAst',
  'MemberExpressionAst',
  'NamedBlockAst',
  'ParamBlockAst',
  'ParameterAst',
  'ParenExpressionAst',
  'PipelineAst',
  'ReturnStatementAst',
  'ScriptBlockAst',
  'ScriptBlockExpressionAst',
  'StatementBlockAst',
  'StringConstantExpressionAst',
  'SubExpressionAst',
  'ThrowStatementAst',
  'TryStatementAst',
  'TypeConstraintAst',
  'TypeExpressionAst',
  'UnaryExpressionAst',
  'VariableExpressionAst',
  'WhileStatementAst',
];

/** Token kinds that 5.1 has and the lists above do not decide: no `??=`, which is an assignment's. */
export const assignments: readonly string[] = ['Equals', 'PlusEquals'];

export const scopedVariables: readonly string[] = [
  'env:ExchangeInstallPath',
  'env:ProgramData',
  'env:TEMP',
  'global:LASTEXITCODE',
  'global:ServerSession',
];

/** Scripts are loaded, blocks called, nothing else is computed. */
export const invocations: readonly string[] = ['Dot $library', 'Dot $tools', 'Ampersand $Read'];

/** Commands whose values may stand without a parameter's name. */
export const positional: readonly string[] = ['Where-Object', 'ForEach-Object', 'icacls'];

/** They stand in blocks that set $ErrorActionPreference at their head, or know no -ErrorAction. */
export const elsewhereStopped: readonly string[] = [
  'Get-WebBinding',
  'Get-WebConfigurationProperty',
  'Get-Acl',
  'iisreset',
  'Connect-ExchangeServer',
];

/** They know no -DomainController, or choose the one to pin. */
export const unpinned: readonly string[] = [
  'Get-Queue',
  'Get-DomainController',
  'Get-ExchangeServer',
  'Connect-ExchangeServer',
];
