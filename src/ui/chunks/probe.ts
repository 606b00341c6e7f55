// The probe room as one bundle.
export { configTargets, stillWanted, wantedThumbprint } from '../../probe/configTargets';
export { wordsOf } from '../../probe/findingWords';
export { judgeOf } from '../../probe/judgeOf';
export { reportMarkdown } from '../../probe/report';
export { observationsFrom } from '../../probe/observationsFrom';
export { probeInThread } from '../../probe/probeInThread';
