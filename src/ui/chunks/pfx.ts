// The part of the pfx room that the editor's own thread needs; the rest is the worker's.
export { exchangeProvider } from '../../pfx/convertPfx';
export { openInThread } from '../../pfx/openInThread';
