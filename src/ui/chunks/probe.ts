// The probe room as one bundle.
export { configTargets, wantedThumbprint } from '../../probe/configTargets';
export { wordsOf } from '../../probe/findingWords';
export { judgeAll } from '../../probe/judgeAll';
export { reportMarkdown } from '../../probe/report';
export { observationsFrom } from '../../probe/observationsFrom';
export { probeAll } from '../../probe/probeAll';
