// The probe room as one bundle.
export { configTargets } from '../../probe/configTargets';
export { probeAll } from '../../probe/probeAll';
