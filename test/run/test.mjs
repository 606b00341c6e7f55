// npm test: installs what is missing, then check, unit, engine, host and browser; the last line is the sum of what really ran.
import { closingLine, runSuites } from './suites.mjs';
import { installAll } from './install.mjs';

await installAll();
const total = await runSuites(['check', 'unit', 'engine', 'host', 'browser']);
closingLine(total);
