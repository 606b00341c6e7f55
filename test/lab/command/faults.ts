// What a person can break by `fault TARGET WHAT …`: words to the operation of the lab, and the sentence said of it.
import { type LabClient } from '../labClient';
import { LabRefusal } from '../numberedCalls';
import { type LabState } from '../state';

/** What is wrong with the words; the command prints it. */
export class UsageError extends Error {}

export interface FaultHelp {
  readonly usage: string;
  readonly meaning: string;
}

interface FaultWord extends FaultHelp {
  /** Does it, and says what will be seen. */
  readonly act: (
    lab: Pick<LabClient, 'call'>,
    target: string,
    rest: readonly string[],
    state: LabState,
  ) => Promise<string>;
}

const anyCall = 'every call';
/** The only Exchange commands a person has to name are those that change something. */
const isCmdlet = (word: string): boolean => /^[A-Z][a-z]+-[A-Za-z]+$/.test(word);

const cmdletOf = (word: string | undefined): string | undefined => {
  if (word !== undefined && !isCmdlet(word)) throw new UsageError(`${word} is no cmdlet's name.`);
  return word;
};

const words: Readonly<Record<string, FaultWord>> = {
  down: {
    usage: 'fault SERVER down',
    meaning: 'it answers nothing: no session, no cmdlet, no listener',
    act: async (lab, server) => {
      await lab.call('fault.set', { server, down: true });
      return `${server} is down.`;
    },
  },
  up: {
    usage: 'fault SERVER up',
    meaning: 'it is there again',
    act: async (lab, server) => {
      await lab.call('fault.set', { server, down: false });
      return `${server} is up.`;
    },
  },
  slow: {
    usage: 'fault SERVER slow [MILLISECONDS]',
    meaning: 'every call on it takes so much longer (3000)',
    act: async (lab, server, [written = '3000']) => {
      if (!/^\d{1,6}$/.test(written)) throw new UsageError(`${written} is no number of milliseconds.`);
      await lab.call('fault.set', { server, slowMs: Number(written) });
      return `Every call on ${server} takes ${written} ms longer.`;
    },
  },
  denied: {
    usage: 'fault SERVER denied [CMDLET]',
    meaning: 'access is denied, to every call or to that cmdlet',
    act: async (lab, server, [word]) => {
      const operation = cmdletOf(word);
      const error = { error: 'Access is denied.', errorId: 'AccessDenied', category: 'PermissionDenied' };
      await lab.call('fault.set', { server, ...(operation === undefined ? {} : { operation }), ...error });
      return `${operation ?? anyCall} on ${server} is denied.`;
    },
  },
  'half-way': {
    usage: 'fault SERVER half-way CMDLET',
    meaning: 'the next such call breaks off after its first change, which stays',
    act: async (lab, server, [word]) => {
      const operation = cmdletOf(word);
      if (operation === undefined) throw new UsageError('Name the cmdlet that breaks off.');
      await lab.call('fault.set', { server, operation, breakAfter: 1, times: 1 });
      return `The next ${operation} on ${server} breaks off after its first change.`;
    },
  },
  admin: {
    usage: 'fault SERVER admin',
    meaning: 'a second administrator clears the name of its first receive connector, just before you read it next',
    act: async (lab, server, _rest, state) => {
      const connector = state.servers.find(({ name }) => name === server)?.receiveConnectors?.[0]?.name;
      if (connector === undefined) throw new UsageError(`${server} has no receive connector.`);
      const interject = {
        operation: 'Set-ReceiveConnector',
        arguments: { Identity: `${server}\\${connector}`, TlsCertificateName: null },
      };
      await lab.call('fault.set', { server, operation: 'Get-ReceiveConnector', times: 1, interject });
      return `Somebody clears the certificate name of ${server}\\${connector} just before it is read next.`;
    },
  },
  lag: {
    usage: 'fault DOMAINCONTROLLER lag',
    meaning: 'it tells what Active Directory holds now, whatever is written elsewhere',
    act: async (lab, controller) => {
      await lab.call('fault.set', { lag: controller });
      return `${controller} tells what is now, until the faults are cleared.`;
    },
  },
};

export const faultHelp: readonly FaultHelp[] = [
  ...Object.values(words),
  { usage: 'fault clear', meaning: 'everything is well again' },
];

/** `fault` with its words after it; resolves to what is said. Throws a UsageError for words that make no sense. */
export async function setFault(lab: Pick<LabClient, 'call' | 'state'>, written: readonly string[]): Promise<string> {
  const state = await lab.state();
  const [target = '', what = '', ...rest] = written;
  if (target === 'clear' && what === '') return clear(lab, state);
  const word = words[what];
  if (word === undefined) throw new UsageError(`Say what happens: ${Object.keys(words).join(', ')}, or "fault clear".`);
  const named = nameOf(
    target,
    what === 'lag' ? (state.domainControllers ?? []) : state.servers.map(({ name }) => name),
  );
  try {
    return await word.act(lab, named, rest, state);
  } catch (error) {
    throw error instanceof LabRefusal ? new UsageError(error.message) : error;
  }
}

async function clear(lab: Pick<LabClient, 'call'>, { servers }: LabState): Promise<string> {
  await lab.call('fault.clear');
  for (const { name, down } of servers) if (down === true) await lab.call('fault.set', { server: name, down: false });
  return 'No fault is left, and every server is up.';
}

/** A server or domain controller by its name in any case, or by its first part. */
function nameOf(written: string, names: readonly string[]): string {
  const same = (one: string): boolean =>
    [one, one.split('.')[0]].some((name) => name?.toUpperCase() === written.toUpperCase());
  const name = names.find(same);
  if (name === undefined)
    throw new UsageError(`There is no ${written === '' ? 'target' : written}. There are: ${names.join(', ')}.`);
  return name;
}
