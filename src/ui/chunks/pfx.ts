// The part of the pfx room that the editor's own thread needs; the rest is the worker's.
export { exchangeProvider } from '../../pfx/exchangeProvider';
export { compareCertificates } from '../../model/compareCertificates';
export { readingFindings } from '../../certificate/readingFindings';
export { suitability } from '../../certificate/suitability';
export { openInThread, startThread } from '../../pfx/openInThread';
export { isLostCertificate, isLostKey } from '../../pfx/losses';
export { asksForPassword } from '../../pfx/recognize';
