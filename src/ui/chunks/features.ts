// What the extension does, as one bundle: activation loads none of it.
export { createFeatures } from '../features';
export { releaseLocks } from '../state/rotationLock';
export { workspaceFiles } from '../state/workspaceFiles';
