// Calls that wait for their answers, matched by number: how the lab's process and its engines are spoken to, in JSON lines.

/** A refusal of the simulated organization (`id` is its row in table.json), or a mistake in the request. */
export class LabRefusal extends Error {
  constructor(
    readonly id: string,
    message: string,
    readonly category: string,
  ) {
    super(message);
  }
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly id: string; readonly message: string; readonly category: string };
}

export interface NumberedCalls {
  /** How many wait. */
  readonly waiting: number;
  /** Sends `request` with a number, and waits for its answer; rejects with LabRefusal, or as `end` says. */
  readonly send: (request: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** One line of the other side. */
  readonly answer: (line: string) => void;
  /** No answer will come any more. */
  readonly end: (error: Error) => void;
}

export function numberedCalls(write: (line: string) => void): NumberedCalls {
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  return {
    get waiting() {
      return calls.size;
    },
    send: (request) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        calls.set(id, { resolve, reject });
        write(`${JSON.stringify({ ...request, id })}\n`);
      }),
    answer: (line) => {
      const { id, result, error } = JSON.parse(line) as Answer;
      const call = calls.get(id);
      calls.delete(id);
      if (error) call?.reject(new LabRefusal(error.id, error.message, error.category));
      else call?.resolve(result);
    },
    end: (error) => {
      for (const { reject } of calls.values()) reject(error);
      calls.clear();
    },
  };
}
