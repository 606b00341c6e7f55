// The folder of one run: the scripts that run, and the results they write beside them.
import { type FolderPort, readText, toBytes } from './port';

export interface ResultFile {
  readonly name: string;
  readonly text: string;
}

/** No script of ours writes another name, and the journal could not tell of every name there is. */
export function isResultName(name: string): boolean {
  return /^[\w.-]{1,200}\.json$/.test(name);
}

/** Writes texts by path within the folder, which holds nothing yet. Rejects where it does. */
export async function writeScripts(run: FolderPort, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of texts) {
    if (!(await run.create(path, toBytes(text)))) throw new Error(`${path} is in the folder of a new run already.`);
  }
}

/** The results that were written so far, in the order of their names. */
export async function resultsIn(run: FolderPort): Promise<readonly ResultFile[]> {
  const names = (await run.list('results')).filter(isResultName);
  const read = async (name: string): Promise<readonly ResultFile[]> => {
    const text = await readText(run, `results/${name}`);
    return text === undefined ? [] : [{ name, text }];
  };
  return (await Promise.all(names.map(read))).flat();
}
