// What every STARTTLS dialogue is: a generator that asks for a line to be sent and is given the next line that came.

/** `detail` is the line, or what of it, that decided; text of a stranger. */
export type DialogueEnd =
  | { readonly end: 'start-tls' }
  | {
      readonly end: 'starttls-not-offered' | 'starttls-refused' | 'not-this-protocol' | 'closed';
      readonly detail: string;
    };

/**
 * Yields the line to send without its line break, or null where there is nothing to send; resumed with the next line.
 * One command at a time: pipelining is never assumed (RFC 2920 section 3.1 forbids it around STARTTLS).
 */
export type Dialogue = Generator<string | null, DialogueEnd, string>;

export interface DialogueRules {
  readonly begin: (clientName: string) => Dialogue;
  /** Said, without waiting for an answer, where TLS does not follow. */
  readonly farewell: string;
  /** Bytes of the longest line taken, its line break included. */
  readonly longestLine: number;
}
