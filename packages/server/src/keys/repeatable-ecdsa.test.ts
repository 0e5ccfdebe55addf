import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { repeatableMaker } from './repeatable-ecdsa.ts';

const hex = (text: string): string => Buffer.from(text, 'hex').toString('base64url');

/** RFC 6979, appendix A.2.5. */
const printed = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    d: hex('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721'),
    x: hex('60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6'),
    y: hex('7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299'),
  },
});
const samples = {
  sample:
    'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  test: 'F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083',
};

describe('a signature that repeats', () => {
  for (const [text, signature] of Object.entries(samples)) {
    it(`over “${text}” is the one that RFC 6979 prints`, () => {
      assert.equal(repeatableMaker(printed)(text), hex(signature));
    });
  }

  it('is one that anybody verifies, whatever the key and the text', () => {
    for (let round = 0; round < 20; round++) {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const text = randomBytes(round).toString('base64');
      const signature = Buffer.from(repeatableMaker(privateKey)(text), 'base64url');
      const key = { key: createPublicKey(privateKey), dsaEncoding: 'ieee-p1363' } as const;
      assert.equal(verify('sha256', Buffer.from(text), key, signature), true);
    }
  });

  it('is the same each time, and another for another text', () => {
    const sign = repeatableMaker(printed);
    assert.equal(sign('a'), sign('a'));
    assert.notEqual(sign('a'), sign('b'));
  });
});
