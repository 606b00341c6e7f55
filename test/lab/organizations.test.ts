// The organizations as files: each is read, checked, and comes with a configuration that the product takes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfig } from '../../src/config/parseConfig';
import { configOf } from './organizations/configOf';
import {
  namesOf,
  organizationNames,
  OrganizationError,
  parseOrganization,
  readOrganization,
  serverNames,
} from './organizations/readOrganization';
import { stateOf } from './organizations/stateOf';
import { storyRows } from './organizations/storyTable';
import { sampleOrganization } from './sample';
import { sampleConfig } from './sampleWorkspace';
import { type LabServer } from './state';

/** Servers as a running lab tells them, with the fqdn that the lab fills in. */
const running = (name: string): readonly LabServer[] =>
  stateOf(readOrganization(name)).servers.map((server) => ({
    ...server,
    fqdn: `${server.name.toLowerCase()}.mydomain.com`,
  }));

const refuses = (what: string, text: string, message: string | RegExp): void => {
  it(`refuses ${what}, with its line`, () => {
    assert.throws(
      () => parseOrganization('some', text),
      (error) => {
        assert.ok(error instanceof OrganizationError);
        if (typeof message === 'string') assert.equal(error.message, message);
        else assert.match(error.message, message);
        return true;
      },
    );
  });
};

describe('the organizations of the lab', () => {
  it('are the files of the folder, the runbook first, and at least twelve', () => {
    const files = readdirSync(path.resolve(__dirname, '../../../test/lab/organizations')).filter((file) =>
      file.endsWith('.yaml'),
    );
    assert.deepEqual(
      organizationNames()
        .map((name) => `${name}.yaml`)
        .sort(),
      files.sort(),
    );
    assert.equal(organizationNames()[0], 'runbook');
    assert.ok(files.length >= 12);
  });

  for (const name of organizationNames()) {
    it(`${name}: its configuration has no error`, () => {
      const { problems, wanted } = parseConfig(configOf(readOrganization(name), running(name)));
      // odd names are warned of, and meant
      const errors = problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
      assert.equal(wanted?.servers.length, serverNames(readOrganization(name)).length);
    });
  }

  it('the runbook is the sample organization', () => {
    const now = new Date();
    assert.deepEqual(stateOf(readOrganization('runbook'), now), sampleOrganization(now));
  });

  it('the one with odd names has each of them in a name of every sort', () => {
    const state = JSON.stringify(stateOf(readOrganization('odd-names')));
    for (const odd of ["'", '’', '$(', '–', 'ü', 'ö']) assert.ok(state.includes(odd), odd);
  });

  it('forty servers are two lines', () => {
    assert.equal(serverNames(readOrganization('forty-servers')).length, 40);
    assert.deepEqual(namesOf('MBX09..MBX11'), ['MBX09', 'MBX10', 'MBX11']);
  });

  const head = 'title: Some\nstory: { ends: well }\n';
  refuses('YAML that is none', `${head}servers: [`, /^some\.yaml:\d+: /);
  refuses(
    'an unknown key',
    `${head}servers:\n  SERVER1:\n    windoze: 2016\n`,
    /^some\.yaml:5: servers\.SERVER1: .*windoze/,
  );
  refuses(
    'a Windows that is not known',
    `${head}servers:\n  SERVER1:\n    windows: 2012\n`,
    /^some\.yaml:5: servers\.SERVER1\.windows: /,
  );
  refuses('a missing story', 'title: Some\nservers: { SERVER1: }\n', /^some\.yaml:1: story: /);
  refuses(
    'a certificate nobody described',
    `${head}servers:\n  SERVER1: { serves: third }\n`,
    'some.yaml: no certificate is called third',
  );
  refuses(
    'a source server that is none',
    `${head}servers: { SERVER1: }\nsend: { SEND: { to: a, from: [SERVER2] } }\n`,
    'some.yaml: no server is called SERVER2',
  );
  refuses(
    'an authority nobody named',
    `${head}servers: { SERVER1: }\nnew: { issuer: R99 }\n`,
    'some.yaml: no authority is called R99',
  );

  it('are listed in the README with how a rotation comes out on each', () => {
    const readme = readFileSync(path.resolve(__dirname, '../../../test/lab/README.md'), 'utf8');
    const rows = readme
      .split('\n')
      .filter((line) => line.startsWith('| `') && /\| (without an open step|refused)/.test(line));
    assert.deepEqual(rows, storyRows());
  });

  it('the runbook’s configuration asks for what the sample’s does', async () => {
    const client = {
      call: () => Promise.resolve(null),
      state: () => Promise.resolve({ ...sampleOrganization(), servers: [...running('runbook')] }),
    };
    const asked = (text: string): unknown => {
      const { wanted } = parseConfig(text);
      const send = [...(wanted?.connectors.send ?? [])].sort((one, other) => (one.name < other.name ? -1 : 1));
      return { ...wanted, connectors: { ...wanted?.connectors, send } };
    };
    assert.deepEqual(
      asked(configOf(readOrganization('runbook'), running('runbook'))),
      asked(await sampleConfig(client)),
    );
  });

  it('tells the names where there is no such file', () => {
    assert.throws(() => readOrganization('dag'), /There is no organization dag\. There are: runbook, dag-of-four, /);
  });
});
