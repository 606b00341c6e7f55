// config, snapshot, plan, evidence, folder and powershell as one bundle: what the editor asks of them, and nothing else.
export { matchesGlob } from '../../config/glob';
export { parseConfig } from '../../config/parseConfig';
export { template } from '../../config/template';
export { believe } from '../../evidence/believe';
export { copyMade } from '../../evidence/conversion';
export { nextSteps } from '../../evidence/nextSteps';
export { layOver } from '../../evidence/layOver';
export { stepState, type StepState } from '../../evidence/stepState';
export { addSnapshot, createRotation, decide } from '../../folder/createRotation';
export { appendJournal } from '../../folder/journal';
export { loadRotation, readRotation } from '../../folder/loadRotation';
export { releaseLock, takeLock } from '../../folder/lock';
export { rotationName } from '../../folder/names';
export { nodeFolder } from '../../folder/nodeFolder';
export { readResult } from '../../folder/readResult';
export { renderFolder, writeFolder } from '../../folder/renderFolder';
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
export { sha256 } from '../../folder/sha256';
export { plan } from '../../plan/plan';
export { usesOf } from '../../plan/uses';
export { renderSession } from '../../powershell/renderSession';
export { renderSnapshotScript } from '../../powershell/renderStep';
export { runLine } from '../../powershell/runLine';
export { scriptHash } from '../../powershell/scriptHash';
export { compareWithConfig } from '../../snapshot/compareWithConfig';
export { foundFrom } from '../../snapshot/foundFrom';
export { organizationTree } from '../../snapshot/organizationTree';
export { parseSnapshot, readRows } from '../../snapshot/parseSnapshot';
