// The new certificate beside the old one in the plan: in plan.json as data, in plan.md as text.
import assert from 'node:assert/strict';
import { planMarkdown } from '../../src/folder/planMarkdown';
import type { Plan } from '../../src/model/plan';
import { a, b, found, planOf, rotation, withEveryServer } from './organization';

const fresh = {
  ...b,
  dnsNames: ['www.mydomain.com', 'autodiscover.mydomain.com', 'new.mydomain.com'],
  keySize: 4096,
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
};
const wished = rotation({ to: { ...rotation().to, certificate: fresh } });

/** The lines of plan.md under the heading of the comparison. */
function told(plan: Plan): readonly string[] {
  const [, section = ''] = planMarkdown(plan, wished).split('## What changes with the certificate\n\n');
  return section.split('\n\n')[0]?.trimEnd().split('\n') ?? [];
}

describe('the comparison in a plan', () => {
  it('names what is lost and added, key, issuer and end', () => {
    assert.deepEqual(planOf({ rotation: wished }).comparison, [
      { code: 'names', lost: [], added: ['new.mydomain.com'] },
      { code: 'usage', lost: [], added: ['1.3.6.1.5.5.7.3.2'] },
      { code: 'issuer', from: a.issuer, to: b.issuer },
      { code: 'key', from: 'RSA 2048', to: 'RSA 4096' },
      { code: 'end', from: a.notAfter, to: b.notAfter },
    ]);
  });

  it('stands in plan.md, a line each', () => {
    assert.deepEqual(told(planOf({ rotation: wished })), [
      '- names: added new.mydomain.com',
      '- extended key usage: added clientAuth',
      "- issuer: CN=R13, O=Let's Encrypt, C=US, was CN=R12, O=Let's Encrypt, C=US",
      '- key: RSA 4096, was RSA 2048',
      `- valid until: ${b.notAfter}, was ${a.notAfter}`,
    ]);
  });

  it('is not known, and says so, where no store tells of the old certificate', () => {
    const without = withEveryServer(found(), ({ certificates }) => ({
      certificates:
        certificates?.map((one) => (one.thumbprint === a.thumbprint ? { ...one, facts: null } : one)) ?? null,
    }));
    const plan = planOf({ rotation: wished, found: without, baseline: without });
    assert.equal(plan.comparison, null);
    assert.deepEqual(told(plan), ['- not known: no store tells of the old certificate']);
  });

  it('says that nothing changes where nothing of interest does', () => {
    assert.match(told({ ...planOf(), comparison: [] })[0] ?? '', /^- nothing: /);
  });
});
