// What the scripts that only read the whole organization have in common: the words of their header, and where they ask.
import type { Wanted } from '../model/wanted';
import type { Script } from './script';

/** The script of a reader of every server of this configuration; its own values come after `$exchange` and `$servers`. */
export function readingScript(
  wanted: Wanted,
  own: Pick<Script, 'step' | 'purpose' | 'values' | 'functions' | 'body'>,
): Script {
  return {
    ...own,
    target: wanted.organization,
    from: '-',
    to: '-',
    undo: 'none: this only reads',
    values: {
      exchange: wanted.remoting.exchange,
      servers: wanted.servers.map(({ name, fqdn }) => ({ name, fqdn })),
      ...own.values,
    },
    outcome: 'done',
  };
}
