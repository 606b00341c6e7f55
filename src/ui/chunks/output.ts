// The log as a file of its own: activation does without it, and all that write to it share one channel.
export { showFailure } from '../output';
