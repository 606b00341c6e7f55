// After a whole rotation neither the PFX's password nor the new key is anywhere it must not be; and the search that says so would find them.
import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writePfx } from './driver/pfxFile';
import { follower, openSampleStory, type Story } from './driver/sampleStory';
import { forms, needlesOf, search, type Needle, type Secrets, secretsOf } from './driver/secrets';

const password = "Pl4nted’s-p'ässwörd-9f27";

/** One file, or one text, by the place it belongs to. */
interface Heap {
  readonly place: string;
  readonly name: string;
  readonly bytes: Buffer;
}

describe('the password and the new key', function () {
  this.timeout(600_000);
  let story: Story;
  let secrets: Secrets;
  let needles: readonly Needle[];
  /** The key folder as it was while backups and the converted copy lay there. */
  const keysThen: Heap[] = [];

  const filesIn = async (place: string, folder: string): Promise<readonly Heap[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
    return Promise.all(
      files.map(async (file) => ({ place, name: path.relative(folder, file), bytes: await readFile(file) })),
    );
  };
  const folders = (): Readonly<Record<string, string>> => {
    const { drive } = story;
    return {
      workspace: path.dirname(drive.places.pfx),
      rotation: drive.folder,
      results: path.join(drive.folder, 'results'),
      snapshots: path.join(drive.folder, 'snapshots'),
      storage: drive.places.storage,
      keys: drive.places.keys,
    };
  };
  /** Everything that a rotation leaves on the administrator's computer, with the names of the files. */
  const heaps = async (): Promise<readonly Heap[]> => {
    const found = await Promise.all(Object.entries(folders()).map(([place, folder]) => filesIn(place, folder)));
    const all = [...found.flat(), ...(await filesIn('workspace', path.dirname(story.drive.places.config)))];
    const names = all.map(({ place, name }) => ({ place: `${place} names`, name, bytes: Buffer.from(name) }));
    const terminal = { place: 'terminal', name: '', bytes: Buffer.from(story.drive.terminalText()) };
    return [...all, ...names, terminal];
  };
  const leaks = (searched: readonly Heap[]): readonly string[] =>
    searched.flatMap(({ place, name, bytes }) =>
      [...search(bytes, needles)].map((secret) => `${secret} in ${place} ${name}`),
    );

  before(async () => {
    story = await openSampleStory({ ...follower, pfxPassword: password }, async ({ step }, { drive }) => {
      if (step.kind === 'import') keysThen.push(...(await filesIn('keys', drive.places.keys)));
    });
    await writePfx(story.world, 'B', password, story.drive.places.pfx);
    const { key } = (await story.world.call('certificate.pem', { certificate: 'B' })) as { key: string };
    secrets = secretsOf(password, key);
    needles = needlesOf(secrets);
    await story.drive.takeSnapshot();
    await story.drive.begin(story.a);
    assert.deepEqual(await story.drive.runToEnd(), { end: 'no-open-step' });
  });
  after(() => story.close());

  it('were really used: the password was typed, and B is installed with that key', async () => {
    const prompts = story.of('import').flatMap((told) => told.prompts);
    assert.deepEqual(
      prompts.map(({ kind }) => kind),
      ['secret'],
    );
    const { store } = await story.world.server('SERVER1');
    assert.equal(store.find(({ certificate }) => certificate === story.b)?.hasPrivateKey, true);
  });

  it('are in no file of workspace, rotation and storage, in no name of a file, and in no word of the terminal', async () => {
    const searched = await heaps();
    assert.ok(searched.length > 80, `${String(searched.length)} heaps`);
    assert.deepEqual(leaks(searched), []);
  });

  it('lie in the key folder only as encrypted files, while they lie there', () => {
    const names = new Set(keysThen.map(({ name }) => name));
    assert.deepEqual(
      [...names].sort(),
      [
        ...['SERVER1', 'SERVER2', 'SERVER3', 'SERVER4'].map((server) => `${story.a}-${server}.pfx`),
        `${story.b}-converted.pfx`,
      ].sort(),
    );
    assert.deepEqual(leaks(keysThen), []);
  });

  it('are not on a server’s drive either', async () => {
    const drives = await Promise.all(
      story.before.servers.map(async ({ name }) => {
        const { path: drive } = (await story.world.call('server.folder', { server: name })) as { path: string };
        return filesIn(name, drive);
      }),
    );
    assert.deepEqual(leaks(drives.flat()), []);
  });

  describe('are found by the same search', () => {
    /** Each secret whole, as a careless program would write it. */
    const whole = (): Readonly<Record<string, Buffer>> => ({
      password: Buffer.from(password),
      'password, UTF-16LE': Buffer.from(password, 'utf16le'),
      'password, UTF-16BE': Buffer.from(password, 'utf16le').swap16(),
      'password in JSON': Buffer.from(JSON.stringify({ password })),
      'PKCS#8': secrets.pkcs8,
      'PKCS#1': secrets.pkcs1,
      PEM: Buffer.from(secrets.pem),
      'PEM, UTF-16LE': Buffer.from(secrets.pem, 'utf16le'),
      ...secrets.numbers,
      // as Windows writes numbers
      ...Object.fromEntries(
        Object.entries(secrets.numbers).map(([name, number]) => [`${name} reversed`, Buffer.from(number).reverse()]),
      ),
    });
    const planted = (): readonly (readonly [what: string, bytes: Buffer])[] =>
      Object.entries(whole()).flatMap(([what, bytes]) =>
        Object.entries(forms).map(([form, write]) => [`${what} as ${form}`, write(bytes)] as const),
      );
    const isFound = (what: string, bytes: Buffer): boolean => {
      const names = [...search(bytes, needles)];
      return what.startsWith('password') ? names.includes('password') : names.some((name) => name !== 'password');
    };

    for (const place of ['workspace', 'rotation', 'results', 'snapshots', 'storage', 'keys']) {
      it(`in a file of ${place}`, async () => {
        const folder = folders()[place]!;
        const marks = new Map<string, string>();
        for (const [at, [what, bytes]] of planted().entries()) {
          const name = `planted-${String(at)}`;
          marks.set(name, what);
          await writeFile(
            path.join(folder, name),
            Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')]),
          );
        }
        const found = (await heaps()).filter(({ place: one, name }) => one === place && marks.has(name));
        assert.equal(found.length, marks.size);
        const missed = found.filter(({ name, bytes }) => !isFound(marks.get(name) ?? '', bytes));
        await Promise.all([...marks.keys()].map((name) => rm(path.join(folder, name))));
        assert.deepEqual(
          missed.map(({ name }) => marks.get(name)),
          [],
        );
      });
    }

    it('in a line of the journal, which is a file of the rotation', async () => {
      const file = path.join(story.drive.folder, 'journal.jsonl');
      const text = await readFile(file);
      for (const [what, bytes] of planted()) {
        await appendFile(file, bytes);
        const [journal] = (await heaps()).filter(({ name, place }) => place === 'rotation' && name === 'journal.jsonl');
        assert.ok(isFound(what, journal!.bytes), what);
        await writeFile(file, text);
      }
    });

    it('in the name of a file in the key folder', async () => {
      const name = Buffer.from(password).toString('hex');
      await writeFile(path.join(story.drive.places.keys, name), '');
      const found = leaks(await heaps());
      await rm(path.join(story.drive.places.keys, name));
      assert.deepEqual(found, [`password in keys names ${name}`]);
    });

    it('in the words of the terminal', async () => {
      await story.drive.type(`Write-Host '${password.replace(/['’]/g, '$&$&')}'`);
      assert.deepEqual(leaks((await heaps()).filter(({ place }) => place === 'terminal')), ['password in terminal ']);
      await story.drive.type(`'${secrets.pem}'`);
      const found = leaks((await heaps()).filter(({ place }) => place === 'terminal'));
      assert.deepEqual(
        found,
        ['password', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'pem'].map((one) => `${one} in terminal `),
      );
    });
  });
});
