// A friendly name is made from its pattern, in English and UTC wherever the editor stands.
import assert from 'node:assert/strict';
import { friendlyName, friendlyNameParts } from '../../src/model/friendlyName';

const dates = { notBefore: '2025-09-01T00:30:00Z', notAfter: '2025-12-31T23:59:59Z' };

describe('a friendly name', () => {
  const cases: readonly [pattern: string, name: string][] = [
    ['www.mydomain.com - {notBefore:MMMyy}-{notAfter:MMMyy}', 'www.mydomain.com - Sep25-Dec25'],
    ['{notAfter:yyyy-MM-dd}', '2025-12-31'],
    ['{notBefore:dd.MM.yy}', '01.09.25'],
    ['www', 'www'],
    ['{subject} {notAfter}', '{subject} {notAfter}'],
    ['{notAfter:MMMM}', '{notAfter:MMMM}'],
    ['{{notAfter:yy}}', '{25}'],
    ['$& {notAfter:yy}', '$& 25'],
  ];
  for (const [pattern, name] of cases) {
    it(`${pattern} is ${name}`, () => assert.equal(friendlyName(pattern, dates), name));
  }

  it('tells what is no placeholder of ours', () => {
    const unknown = friendlyNameParts('a {b} {notBefore:yy} {').filter(({ kind }) => kind === 'unknown');
    assert.deepEqual(
      unknown.map(({ text }) => text),
      ['{b}', '{'],
    );
  });
});
