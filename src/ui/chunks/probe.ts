// The probe room as one bundle.
export { probeAll } from '../../probe/probeAll';
