// A name from outside never asks a plain object, which answers to `constructor` and `toString` as well.
import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');

/** Where a text indexes a value on purpose. */
const allowed = new Set([
  'src/model/own.ts', // the one way to ask
  'src/config/readNodes.ts', // its mapping has no prototype
  'src/config/schemaAt.ts', // behind a question for the object's own key
  'src/snapshot/readTolerant.ts', // a path that the schema told
]);

describe('a text as an index', () => {
  it('is asked through own(), or is an object identifier, which is digits and dots', function () {
    this.timeout(60_000);
    assert.deepEqual(indexes(), []);
  });
});

function indexes(): readonly string[] {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile.bind(ts.sys)) as {
    config: { compilerOptions: object };
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(
    fileNames.filter((file) => file.includes('/src/')),
    options,
  );
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const visit = (node: ts.Node, file: string): void => {
    if (ts.isElementAccessExpression(node)) {
      const { argumentExpression: index } = node;
      const isText = (checker.getTypeAtLocation(index).flags & ts.TypeFlags.String) !== 0;
      if (isText && !/oid/i.test(index.getText())) found.push(`${file}: ${node.getText()}`);
    }
    ts.forEachChild(node, (child) => {
      visit(child, file);
    });
  };
  for (const source of program.getSourceFiles()) {
    const file = path.relative(root, source.fileName).split(path.sep).join('/');
    if (file.startsWith('src/') && !allowed.has(file)) visit(source, file);
  }
  return found;
}
