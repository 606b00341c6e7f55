// What .ci/run runs: everything npm test does, the mutants, and the packed extension in a clean editor.
import { installForTests } from './install.mjs';
import { closingLine, runSuites } from './suites.mjs';

const { editor } = await installForTests();
// the mutants come after the unit and engine tests, and need not ask them again whether the unbroken tree is green
process.env.SUITES_TOLD = 'yes';
closingLine(await runSuites([['check', 'unit'], 'engine', 'host', 'browser', 'mutants', 'package:test'], editor));
