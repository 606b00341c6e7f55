// Asks the witness program what of PowerShell texts does not exist on Windows PowerShell 5.1, .NET Framework or Exchange; builds it once for its sources.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, sourceFiles, sourceHash } from '../lab/labProgram';

export interface Text {
  readonly name: string;
  readonly script: string;
}

export interface Finding {
  /** The name of the text. */
  readonly text: string;
  /** `command`, `parameter`, `parameter set`, `mandatory`, `value`, `position`, `edition`, `enum text`, `type`, `static member`, `member`, `syntax`, … */
  readonly kind: string;
  readonly what: string;
  readonly line: number;
}

export interface Witnessed {
  readonly figures: Readonly<Record<string, number>>;
  /** What is known to no witness, or is used as none allows. */
  readonly violations: readonly Finding[];
  /** What is there, but younger than .NET Framework 4.6.2. */
  readonly younger: readonly Finding[];
  /** Members of objects whose type the text does not tell (`NAME` or `NAME()`), each with a text that uses it. */
  readonly untyped: Readonly<Record<string, string>>;
}

/** out/test/witness and test/witness lie equally deep, so both find the sources. */
const sources = path.resolve(__dirname, '../../../test/witness');

/** What the witnesses say of `texts`, which may use the functions of `shared`. Throws where the program does not build or run. */
export function witness(shared: string, texts: readonly Text[]): Witnessed {
  const input = JSON.stringify({ shared, texts });
  const run = spawnSync(witnessProgram(), [path.join(sources, 'facts.json')], {
    input,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  if (run.status !== 0) {
    throw new Error(`The witness program ended with ${run.status ?? run.signal}: ${run.stderr}`);
  }
  return JSON.parse(run.stdout) as Witnessed;
}

function witnessProgram(): string {
  const folder = path.join(cacheFolder(), `witness-${sourceHash(sources, ['checker'])}`);
  if (!existsSync(path.join(folder, 'witness'))) {
    publish(folder);
  }
  return path.join(folder, 'witness');
}

/** Built from a copy beside its place and moved there whole, so that two at a time do no harm. */
function publish(folder: string): void {
  const making = `${folder}.${process.pid}`;
  const project = path.join(making, 'checker');
  for (const file of sourceFiles(path.join(sources, 'checker'))) {
    cpSync(file, path.join(making, path.relative(sources, file)));
  }
  const args = ['publish', project, '-c', 'Release', '-o', path.join(making, 'out'), '-nologo', '-v', 'quiet'];
  const built = spawnSync('dotnet', args, { encoding: 'utf8' });
  try {
    if (built.error || built.status !== 0) {
      throw new Error(`dotnet publish failed: ${built.error?.message ?? ''}\n${built.stdout}${built.stderr}`);
    }
    renameSync(path.join(making, 'out'), folder);
  } catch (error) {
    // another may have been first
    if (!existsSync(path.join(folder, 'witness'))) {
      throw error;
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
