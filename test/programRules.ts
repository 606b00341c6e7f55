// Which files may start a program, and how: by a full path that was checked, never by a name, as findings.
import ts from 'typescript';

/** The only file that asks for `node:child_process`. */
const starter = 'src/programs/systemProgram.ts';
/** The only file that makes a terminal. */
const terminals = 'src/ui/shell/terminals.ts';
const checked = 'outside';
// other ways of VS Code to start a program
const editorStarts = ['createTerminal', 'ShellExecution', 'ProcessExecution', 'DebugAdapterExecutable'];

/** Every breach in one file of src, one sentence each. */
export function programBreaches(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (editorStarts.includes(node.text) && file !== terminals)
        found.push(`${file} uses ${node.text}: only ${terminals} starts a shell`);
      if (file === starter && node.text === 'execFile' && !isImport(node) && !isCheckedStart(node))
        found.push(`${file} starts a program whose path did not go through ${checked}(…)`);
    }
    if (ts.isImportDeclaration(node) && isChildProcess(node)) found.push(...importBreaches(file, node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

const isChildProcess = ({ moduleSpecifier }: ts.ImportDeclaration): boolean =>
  ts.isStringLiteral(moduleSpecifier) && /^(node:)?child_process$/.test(moduleSpecifier.text);

/** `execFile` by its name and nothing else: the others take a shell's line, or leave the program running unseen. */
function importBreaches(file: string, node: ts.ImportDeclaration): readonly string[] {
  const bindings = node.importClause?.namedBindings;
  const names = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : undefined;
  const isPlain = names?.every(({ name, propertyName }) => name.text === 'execFile' && propertyName === undefined);
  return isPlain === true && node.importClause?.name === undefined
    ? []
    : [`${file} imports more of child_process than execFile by its name`];
}

const isImport = (node: ts.Identifier): boolean => ts.isImportSpecifier(node.parent);

/** `execFile(outside(…), …)`. */
function isCheckedStart(node: ts.Identifier): boolean {
  if (!ts.isCallExpression(node.parent) || node.parent.expression !== node) return false;
  const [program] = node.parent.arguments;
  return (
    program !== undefined &&
    ts.isCallExpression(program) &&
    ts.isIdentifier(program.expression) &&
    program.expression.text === checked
  );
}

/** Whether `file` may import `node:child_process`. */
export const mayStartPrograms = (file: string): boolean => file === starter;
