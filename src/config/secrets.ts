// Secrets that must not stand in the file: named by their key, or plain to see as a private key.
import { problem, type ConfigProblem } from './problem';

const secretWords = /password|passwd|passphrase|passwort|kennwort|secret|privatekey|apikey|token/;
const secretKeys = new Set(['pass', 'pwd', 'pin', 'key', 'pfxpwd']);
const privateKey = /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/g;

/** `pfxPassword`, `client-secret`, `pwd`: whatever it holds, it does not belong here. */
export function isSecretKey(key: string): boolean {
  const bare = key
    .slice(0, 256)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return secretWords.test(bare) || secretKeys.has(bare);
}

/** Private keys in PEM form, comments included. */
export function privateKeyProblems(text: string): readonly ConfigProblem[] {
  return [...text.matchAll(privateKey)].map((match) =>
    problem('private-key-in-file', { start: match.index, end: match.index + match[0].length }, {}),
  );
}
