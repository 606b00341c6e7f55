// The Debian packages of the tests: installed, and exim4, which may not stand beside Postfix, unpacked in the cache. Built-ins only.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cacheFolder, root, run, stop } from './commands.mjs';

/** As root on Debian installs the packages the tests need; else prints the line to run. No service is started. */
export function installDebianPackages() {
  if (process.platform !== 'linux') return;
  install(Object.keys(JSON.parse(readFileSync(path.join(root, 'test/run/packages.json'), 'utf8'))));
  install(unpackExim());
}

/** Where exim4 is unpacked; its program is `usr/sbin/exim4` within. */
export function eximFolder() {
  return path.join(cacheFolder(), 'exim4');
}

/** Downloads and unpacks exim4 where it is not yet; answers the libraries it wants, which conflict with nothing. */
function unpackExim() {
  const folder = eximFolder();
  const libraries = path.join(folder, 'libraries.json');
  if (!existsSync(libraries)) {
    console.log(`exim4 into ${folder}`);
    mkdirSync(cacheFolder(), { recursive: true });
    const making = mkdtempSync(`${folder}.making-`);
    const download = () => spawnSync('apt-get', ['download', 'exim4-daemon-light'], { cwd: making }).status === 0;
    // A machine whose lists are old, or empty, knows no version that can still be had.
    if (!download()) {
      if (process.getuid() === 0) run('apt-get', ['update']);
      if (!download()) stop('exim4-daemon-light cannot be downloaded. Run as root: apt-get update');
    }
    const [file] = readdirSync(making).map((name) => path.join(making, name));
    const wanted = run('dpkg-deb', ['-f', file, 'Depends'])
      .stdout.split(',')
      .map((one) => one.trim().split(/[ :]/)[0]);
    run('dpkg-deb', ['-x', file, making]);
    rmSync(file);
    writeFileSync(path.join(making, 'libraries.json'), JSON.stringify(wanted.filter((name) => name.startsWith('lib'))));
    // Another run on this machine may be first: its copy is as good.
    if (existsSync(libraries)) rmSync(making, { recursive: true });
    else renameSync(making, folder);
  }
  return JSON.parse(readFileSync(libraries, 'utf8'));
}

function install(wanted) {
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const line = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid() !== 0 || !existsSync('/etc/debian_version')) stop(`Packages are missing. Run as root:\n${line}`);
  console.log(line);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A package that starts its service would take the ports the tests want; 101 is dpkg's word for "not now".
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    run('apt-get', ['update'], { env: environment });
    run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env: environment });
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function isInstalled(name) {
  const answer = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout === 'install ok installed';
}
