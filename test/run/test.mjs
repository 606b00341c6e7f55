// npm test: installs what is missing, then check, unit, engine, host and browser; the last line is the sum of what really ran.
import { closingLine, runSuites } from './suites.mjs';
import { installForTests } from './install.mjs';

const { editor } = await installForTests();
const total = await runSuites([['check', 'unit'], 'engine', 'host', 'browser'], editor);
closingLine(total);
