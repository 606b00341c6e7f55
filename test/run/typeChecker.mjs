// The types of a tree that changes a little at a time: the compiler stays, and checks again only what a change can have broken.
import path from 'node:path';
import ts from 'typescript';

/** For the tree with a tsconfig.json in `folder`. */
export function typeChecker(folder) {
  const { fileNames, options, errors } = ts.getParsedCommandLineOfConfigFile(
    path.join(folder, 'tsconfig.json'),
    { noEmit: true, incremental: true, tsBuildInfoFile: path.join(folder, 'types.json') },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (error) => errors.push(error) },
  );
  const host = ts.createIncrementalCompilerHost(options);
  const read = host.getSourceFile;
  const files = new Map();
  host.getSourceFile = (name, ...rest) => {
    if (!files.has(name)) files.set(name, read(name, ...rest));
    return files.get(name);
  };
  let changedBefore = [];
  let program;
  return {
    /** What the compiler says, '' where it finds nothing; `changed` are the files of the tree that differ from what it was at first. */
    said(changed) {
      for (const file of [...changedBefore, ...changed]) files.delete(path.join(folder, file));
      changedBefore = changed;
      program = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, program);
      const found = [
        ...errors,
        ...program.getConfigFileParsingDiagnostics(),
        ...program.getSyntacticDiagnostics(),
        ...program.getGlobalDiagnostics(),
        ...program.getSemanticDiagnostics(),
      ];
      return ts.formatDiagnostics(found, host);
    },
  };
}
