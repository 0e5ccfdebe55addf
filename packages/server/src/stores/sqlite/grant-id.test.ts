import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantId } from '../../core/ids.ts';
import { idBytes, idText } from './grant-id.ts';

const id = '0123abcd-4567-4def-89ab-fedcba987654';

describe('idBytes and idText', () => {
  it('are the hexadecimal digits and back', () => {
    const bytes = idBytes(id);
    assert.deepEqual(bytes && Buffer.from(bytes).toString('hex'), id.replaceAll('-', ''));
    assert.equal(bytes && idText(bytes), id);
  });

  it('read a part of a larger buffer', () => {
    const bytes = idBytes(id);
    assert.ok(bytes);
    const larger = new Uint8Array(20);
    larger.set(bytes, 3);
    assert.equal(idText(larger.subarray(3, 19)), id);
  });

  it('keep ids of later instants behind those of earlier ones', () => {
    const at = (ms: number): Buffer => Buffer.from(idBytes(grantId(ms, 'f'.repeat(20))) ?? []);
    assert.ok(Buffer.compare(at(255), at(256)) < 0);
    assert.ok(Buffer.compare(at(0xffffffff), at(0x100000000)) < 0);
  });

  for (const text of [
    '',
    id.slice(1),
    `${id} `,
    id.toUpperCase(),
    id.replace('4def', '3def'),
    id.replaceAll('0', 'g'),
  ]) {
    it(`are nothing for ${JSON.stringify(text)}`, () => {
      assert.equal(idBytes(text), undefined);
    });
  }
});
