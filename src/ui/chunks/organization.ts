// config, snapshot, plan, evidence, folder, runner and powershell as one bundle: what the editor asks of them, and nothing else.
export { completions } from '../../config/completions';
export { fixesFor } from '../../config/fixes';
export { matchesGlob } from '../../config/glob';
export { hoverAt } from '../../config/hovers';
export { knownNames, nothingKnown } from '../../config/knownNames';
export { listedDifferences, namedPlaces, placeDifferences } from '../../config/namedPlaces';
export { notParsed } from '../../config/parseConfig';
export { parseInThread } from '../../config/parseInThread';
export { pfxFilesFor } from '../../config/pfxFilesFor';
export { positionOf } from '../../config/positions';
export { scalarText } from '../../config/scalarText';
export { template } from '../../config/template';
export { believe } from '../../evidence/believe';
export { judgeAssumptions, onlyAsked } from '../../evidence/judgeAssumptions';
export { waitsForContinue } from '../../evidence/nextSteps';
export { stepState, type StepState } from '../../evidence/stepState';
export { assumptionsMarkdown } from '../../folder/assumptionsMarkdown';
export { addSnapshot, createRotation, decide, rotationPath } from '../../folder/createRotation';
export { scriptsToRun } from '../../folder/asRendered';
export { appendJournal, headOf, journalPath } from '../../folder/journal';
export { loadRotation, readRotation } from '../../folder/loadRotation';
export { breakLock, heldElsewhere, releaseLock, takeLock } from '../../folder/lock';
export { longestInFolder, longestOnWindows, rotationName } from '../../folder/names';
export { nodeFolder } from '../../folder/nodeFolder';
export { pathBetween } from '../../folder/pathBetween';
export { readFile, toText } from '../../folder/port';
export { readResult } from '../../folder/readResult';
export { planTextPath, renderFolder, sessionPath, writeFolder } from '../../folder/renderFolder';
export { reportMarkdown, reportPath } from '../../folder/reportMarkdown';
export { hasNewResults, takeInResults } from '../../folder/takeInResults';
export { checkSentence, verdictSentence } from '../../folder/words/checks';
export { kindNames, stepTitle } from '../../folder/words/kinds';
export {
  answerNames,
  questionSentence,
  reasonSentence,
  refusalSentence,
  settledNotes,
} from '../../folder/words/reasons';
export { phaseNames } from '../../folder/planMarkdown';
export { renderJson } from '../../folder/renderJson';
export { resultsIn, writeScripts } from '../../folder/runFolder';
export { sha256 } from '../../folder/sha256';
export { continueAfterCanary, deferQuestion } from '../../plan/decisions';
export { plan } from '../../plan/plan';
export { usesOf } from '../../plan/uses';
export { isSilent, withoutProbeQuestion } from '../../plan/withoutProbe';
export { assumptions } from '../../powershell/assumptions';
export { assumptionsStep, renderAssumptionsScript } from '../../powershell/assumptionsScript';
export { cmdlets } from '../../powershell/cmdlets';
export { completionsAt } from '../../powershell/completions';
export { knownValues } from '../../powershell/knownValues';
export {
  openOrganizationLine,
  openServerLine,
  renderOpenOrganization,
  renderOpenServer,
} from '../../powershell/openSession';
export { judgeShell, preflightLine, shellQuestion } from '../../powershell/preflightLine';
export { probeStep, renderProbeScript } from '../../powershell/probeScript';
export { renderSession } from '../../powershell/renderSession';
export { renderSnapshotScript } from '../../powershell/renderStep';
export { runLine } from '../../powershell/runLine';
export { scriptHash } from '../../powershell/scriptHash';
export { snippets } from '../../powershell/snippets';
export { createRun } from '../../runner/createRun';
export { newRun } from '../../runner/newRun';
export { stopSorts } from '../../runner/stop';
export { installations, isOf } from '../../snapshot/certificatesOf';
export { compareWithConfig } from '../../snapshot/compareWithConfig';
export { foundFrom } from '../../snapshot/foundFrom';
export { organizationTree } from '../../snapshot/organizationTree';
export { parseSnapshot, readRows } from '../../snapshot/parseSnapshot';
