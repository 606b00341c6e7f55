// Publishes the lab's program once for each state of its sources, into a cache outside the work tree.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** As many work trees as are likely to be worked in at a time. */
const keptPrograms = 8;

/** Compiled for this machine ahead of its start, the engine's own library too: else each process compiles it anew. */
const compiledAhead = ['-p:PublishReadyToRun=true', '--use-current-runtime', '--self-contained', 'false'];

/** Where the SDK leaves what it compiled ahead, below the project. */
const imagesFolder = `obj/Release/net10.0/${process.platform === 'darwin' ? 'osx' : 'linux'}-${process.arch}/R2R`;

/** out/test/lab and test/lab lie equally deep, so both find the sources. */
const sources = path.resolve(__dirname, '../../../test/lab');

/**
 * The path of the lab's program, built if these sources were never built here: say what is done, by `tell`.
 * EXCHANGE_LAB names another program. Throws with the line to run where dotnet is missing.
 */
export function labProgram(tell: (line: string) => void = (line) => void process.stderr.write(`${line}\n`)): string {
  const named = process.env['EXCHANGE_LAB'];
  if (named) {
    return named;
  }
  const folder = path.join(cacheFolder(), `lab-${sourceHash(sources, ['engine', 'module'])}`);
  const program = path.join(folder, 'lab');
  if (!existsSync(program)) {
    publish(folder, tell);
  }
  return program;
}

/** Where programs built from sources are kept: outside the work tree, one for all work trees. */
export function cacheFolder(): string {
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'exchange-certificates');
}

/** The same for the same files in those folders below `base`. */
export function sourceHash(base: string, folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of folders.flatMap((folder) => sourceFiles(path.join(base, folder))).sort()) {
    hash.update(path.relative(base, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** All files below a folder, but what a build leaves there. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'bin' || entry.name === 'obj' ? [] : sourceFiles(file);
    }
    return [file];
  });
}

/** Where the images of the libraries are kept: compiling them takes a minute, and they change with the project's file only. */
function keptImages(): string {
  const project = readFileSync(path.join(sources, 'engine/Lab.csproj'));
  const name = createHash('sha256').update(project).update(process.arch).digest('hex').slice(0, 16);
  return path.join(cacheFolder(), `lab-images-${name}`);
}

/** Whole or not at all, as another may be reading. */
function keep(images: string, kept: string): void {
  const making = `${kept}.${process.pid}`;
  cpSync(images, making, { recursive: true, preserveTimestamps: true });
  rmSync(path.join(making, 'lab.dll'), { force: true });
  try {
    renameSync(making, kept);
  } catch {
    // another was first
    rmSync(making, { recursive: true, force: true });
  }
}

/** Keeps the newest programs: other work trees may be using theirs. */
function prune(cache: string): void {
  const programs = readdirSync(cache)
    .filter((name) => /^lab-[0-9a-f]{16}$/.test(name))
    .map((name) => path.join(cache, name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const old of programs.slice(keptPrograms)) {
    rmSync(old, { recursive: true, force: true });
  }
}

/** Built from a copy beside its place and moved there whole, so that two at a time do no harm. */
function publish(folder: string, tell: (line: string) => void): void {
  const making = `${folder}.${process.pid}`;
  for (const part of ['engine', 'module']) {
    for (const file of sourceFiles(path.join(sources, part))) {
      cpSync(file, path.join(making, path.relative(sources, file)));
    }
  }
  const project = path.join(making, 'engine/Lab.csproj');
  const args = ['publish', project, '-c', 'Release', '-o', path.join(making, 'out'), '-nologo', '-v', 'quiet'];
  tell(`lab: dotnet ${args.join(' ')}`);
  const began = Date.now();
  const [images, kept] = [path.join(making, 'engine', imagesFolder), keptImages()];
  if (existsSync(kept)) {
    cpSync(kept, images, { recursive: true, preserveTimestamps: true });
  }
  let built = spawnSync('dotnet', [...args, ...compiledAhead], { encoding: 'utf8' });
  if (built.status === 0 && existsSync(images) && !existsSync(kept)) {
    keep(images, kept);
  } else if (built.status !== 0 && !built.error) {
    tell('lab: it cannot be compiled ahead of its start here, so each start takes some seconds more');
    built = spawnSync('dotnet', args, { encoding: 'utf8' });
  }
  if (built.error) {
    rmSync(making, { recursive: true, force: true });
    throw new Error(
      'The lab needs the .NET 10 SDK, and `dotnet` is not on the PATH. Run: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0',
    );
  }
  if (built.status !== 0) {
    rmSync(making, { recursive: true, force: true });
    throw new Error(`dotnet publish failed:\n${built.stdout}${built.stderr}`);
  }
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(path.join(making, 'out'), folder);
  } catch (error) {
    if (!existsSync(path.join(folder, 'lab'))) {
      throw error;
    }
  }
  rmSync(making, { recursive: true, force: true });
  prune(path.dirname(folder));
  tell(`lab: published in ${((Date.now() - began) / 1000).toFixed(1)} s to ${folder}`);
}
