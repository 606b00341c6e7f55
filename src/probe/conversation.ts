// Runs a dialogue over a socket, line by line, until TLS may begin or it is clear that it will not.
import type { Socket } from 'node:net';
import type { DialogueEnd, DialogueRules } from './dialogues/dialogue';
import { forRecord } from '../model/untrustedText';
import { LineBuffer } from './lineBuffer';

/** Bytes a server may say before TLS, over all its lines. */
const longestDialogue = 64 * 1024;

export type ConversationEnd = DialogueEnd | { readonly end: 'injected-before-tls'; readonly detail: string };

/**
 * Never rejects; ends when the dialogue does or the socket closes. `onFirstLine` is told the greeting's first line.
 * After `start-tls` the socket is paused, has no listener of ours and has given no byte past the server's reply.
 */
export function converse(
  socket: Socket,
  rules: DialogueRules,
  clientName: string,
  onFirstLine: (line: string) => void,
): Promise<ConversationEnd> {
  return new Promise((resolve) => {
    const dialogue = rules.begin(clientName);
    const buffer = new LineBuffer(rules.longestLine, longestDialogue);
    let failure: string | undefined;
    let first = true;
    dialogue.next();

    const finish = (end: ConversationEnd): void => {
      socket.off('data', onData).off('end', onClose).off('close', onClose).off('error', onError).pause();
      if (end.end !== 'start-tls' && socket.writable) socket.write(`${rules.farewell}\r\n`);
      resolve(end);
    };
    const onClose = (): void => {
      finish({ end: 'closed', detail: failure ?? forRecord(buffer.rest().toString('utf8')) });
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      failure = error.code ?? error.message;
    };
    const onData = (chunk: Buffer): void => {
      buffer.push(chunk);
      for (;;) {
        const next = buffer.next();
        if (next.kind === 'incomplete') return;
        if (next.kind !== 'line') {
          finish({ end: 'not-this-protocol', detail: next.kind });
          return;
        }
        if (first) onFirstLine(next.line);
        first = false;
        const step = dialogue.next(next.line);
        if (step.done) {
          finish(checkRest(step.value, buffer.rest()));
          return;
        }
        if (step.value !== null) socket.write(`${step.value}\r\n`);
      }
    };
    socket.on('data', onData).on('end', onClose).on('close', onClose).on('error', onError);
  });
}

/**
 * Bytes behind the reply that lets TLS begin would be read as if they had come through TLS: the STARTTLS injection class
 * (RFC 3207 section 6, RFC 9051 section 11.1, CVE-2011-0411 seen from the client's side).
 */
function checkRest(end: DialogueEnd, rest: Buffer): ConversationEnd {
  if (end.end !== 'start-tls') return { ...end, detail: forRecord(end.detail) };
  if (rest.length === 0) return end;
  return { end: 'injected-before-tls', detail: forRecord(rest.toString('utf8')) };
}
