// Opens the YAML text, bounded: hostile input costs no more than a large honest file.
import { isScalar, parseDocument, type YAMLError } from 'yaml';
import { problem, type ConfigProblem, type ConfigProblemCode } from './problem';
import { privateKeyProblems } from './secrets';
import { readNodes, type ReadNodes } from './readNodes';

/** Characters; 500 servers with 5,000 connectors take a quarter of it. */
export const longestConfig = 1 << 21;

export interface OpenedDocument extends ReadNodes {
  /** null where there is nothing to read, or too much. */
  readonly root: unknown;
  /** False where an error of the text makes its content a guess. */
  readonly readable: boolean;
}

/** Never throws. */
export function openDocument(text: string): OpenedDocument {
  if (text.length > longestConfig) {
    const data = { characters: text.length, limit: longestConfig };
    return nothing([problem('too-large', { start: 0, end: 1 }, data)]);
  }
  // Duplicate keys are looked for in readNodes: the parser's own search takes the square of a mapping's size.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  const textual = [...[...document.errors, ...document.warnings].map(parserProblem), ...privateKeyProblems(text)];
  const root: unknown = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    return nothing(textual.length > 0 ? textual : [problem('empty', { start: 0, end: text.length }, {})]);
  }
  const nodes = readNodes(root, text);
  const problems = [...textual, ...nodes.problems];
  return { ...nodes, root, problems, readable: !problems.some(({ code }) => unreadable.has(code)) };
}

function nothing(problems: readonly ConfigProblem[]): OpenedDocument {
  return { root: null, content: null, resolve: (node) => node, readable: false, problems };
}

/** What makes the rest of the text a guess. */
const unreadable: ReadonlySet<string> = new Set<ConfigProblemCode>([
  'syntax',
  'tab-indentation',
  'several-documents',
  'too-deep',
  'too-many-aliases',
  'unknown-alias',
]);

function parserProblem(error: YAMLError): ConfigProblem {
  const range = { start: error.pos[0], end: Math.max(error.pos[0], error.pos[1]) };
  if (error.code === 'TAB_AS_INDENT') return problem('tab-indentation', range, {});
  if (error.code === 'MULTIPLE_DOCS') return problem('several-documents', range, {});
  if (error.message.includes('call stack')) return problem('too-deep', range, {});
  return problem('syntax', range, { yaml: error.code, detail: error.message.slice(0, 200) });
}
