// The rooms of src and what may enter each: borders of imports, circles, size, and each file's first sentence, as findings.
import path from 'node:path';
import ts from 'typescript';
import { mayStartPrograms, programBreaches } from './programRules';

/** A file of src: its path from the root, with `/`, and its text. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

// The rooms each room may import; itself always.
const upstream: Readonly<Record<string, readonly string[]>> = {
  model: [],
  certificate: ['model'],
  config: ['model', 'certificate'],
  pfx: ['model', 'certificate'],
  snapshot: ['model', 'certificate'],
  probe: ['model', 'certificate'],
  plan: ['model'],
  powershell: ['model', 'plan'],
  evidence: ['model', 'plan'],
  folder: ['model', 'plan', 'powershell', 'evidence'],
  runner: ['model', 'plan', 'powershell', 'evidence', 'folder'],
  programs: [],
};
const all = Object.keys(upstream);
const faces: Readonly<Record<string, readonly string[]>> = {
  ui: all,
  cli: all,
  'cli.ts': [...all, 'cli'],
  'extension.ts': [...all, 'ui'],
};
const sockets = ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns'];
// What reaches disk and processes: only the faces, the probe and the room that starts programs touch the world.
// (A worker thread is none of it: it is how pfx derives a key without holding its caller.)
const world = ['fs', 'os', 'process'];
const programs = ['child_process', 'cluster'];
const uiShared = ['workspace', 'commands'];
// Folders of ui that are no features: what several of them need, by what it is about.
const uiParts = ['state', 'shell', 'password', 'face'];
const mostLines = 300;

/** Every breach of the rooms of ARCHITECTURE.md, one sentence each, naming the file. */
export function breaches(sources: readonly Source[]): readonly string[] {
  const imports = new Map(sources.map((source) => [source.file, importsOf(source)]));
  return [
    ...sources.flatMap((source) => shape(source)),
    ...sources.flatMap(({ file, text }) => programBreaches(file, text)),
    ...sources.flatMap(({ file }) => (imports.get(file) ?? []).flatMap((target) => border(file, target))),
    ...circles(imports),
  ];
}

function shape({ file, text }: Source): readonly string[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const opening = /^(?:\/\/ \S.*\n)+/.exec(text)?.[0] ?? '';
  const room = roomOf(file);
  return [
    ...(/[.:!?](\s|$)/.test(opening) ? [] : [`${file} does not open with a sentence`]),
    ...(lines > mostLines ? [`${file} has ${lines} lines, more than ${mostLines}`] : []),
    ...((upstream[room] ?? faces[room]) ? [] : [`${file} lies in no room of the design`]),
  ];
}

/** What a file imports: paths within src from the root, others as written without `node:`; types count too. */
function importsOf({ file, text }: Source): readonly string[] {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push(resolved(file, specifier));
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  const literal = (expression: ts.Node | undefined): string | undefined =>
    expression !== undefined && ts.isStringLiteralLike(expression) ? expression.text : undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literal(node.expression);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (!ts.isCallExpression(node)) return undefined;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isRequire || isImport ? literal(node.arguments[0]) : undefined;
}

function resolved(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier.replace(/^node:/, '');
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return target.endsWith('.json') ? target : `${target.replace(/\.[jt]s$/, '')}.ts`;
}

/** `model`, or `ui`, or a file that lies in src itself. */
const roomOf = (file: string): string => file.split('/')[1] ?? file;

function border(file: string, target: string): readonly string[] {
  const room = roomOf(file);
  if (!target.startsWith('src/') && !target.includes('/') && !target.endsWith('.ts'))
    return outside(file, room, target);
  if (!target.startsWith('src/')) {
    return target.startsWith('.') || target.endsWith('.ts')
      ? [`${file} imports ${target}, which lies outside src`]
      : outside(file, room, target);
  }
  const allowed = upstream[room] ?? faces[room] ?? all;
  const to = roomOf(target);
  if (to !== room && !allowed.includes(to)) return [`${file} imports ${to}, which ${room} may not`];
  return room === 'ui' && to === 'ui' ? features(file, target) : [];
}

function outside(file: string, room: string, target: string): readonly string[] {
  const [base = target] = target.split('/');
  if (base === 'vscode') return room === 'ui' || room === 'extension.ts' ? [] : [`${file} imports vscode`];
  if (sockets.includes(base)) return room === 'probe' ? [] : [`${file} imports ${target}: only probe opens sockets`];
  if (programs.includes(base)) {
    return base === 'child_process' && mayStartPrograms(file)
      ? []
      : [`${file} imports ${target}: only src/programs starts programs`];
  }
  if (world.includes(base)) {
    return room === 'probe' || faces[room] !== undefined
      ? []
      : [`${file} imports ${target}: only ui, cli and probe touch the world`];
  }
  return room === 'model' ? [`${file} imports ${target}: model imports nothing`] : [];
}

/** In ui a feature (a folder) imports its own folder, the shared parts and the files of ui itself, never another feature. */
function features(file: string, target: string): readonly string[] {
  const folder = (name: string): string | undefined => {
    const parts = name.split('/');
    return parts.length > 3 ? parts[2] : undefined;
  };
  const [from, to] = [folder(file), folder(target)];
  return from === undefined || to === undefined || from === to || uiParts.includes(to)
    ? []
    : [`${file} imports the feature ${to}: features reach each other only through ${uiShared.join(' and ')}`];
}

/** One finding for each way back to a file through imports. */
function circles(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const seen = way.indexOf(file);
    if (seen >= 0) {
      found.push(`a circle: ${[...way.slice(seen), file].join(' > ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const target of imports.get(file) ?? []) if (imports.has(target)) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}
