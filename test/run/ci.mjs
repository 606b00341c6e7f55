// What .ci/run runs: everything npm test does, the mutants, and the packed extension in a clean editor.
import { installAll } from './install.mjs';
import { closingLine, runSuites } from './suites.mjs';

await installAll();
closingLine(await runSuites(['check', 'unit', 'engine', 'host', 'browser', 'mutants', 'package:test']));
