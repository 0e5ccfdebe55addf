import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { suite, test } from 'node:test';
import { isTokenError } from '../errors.ts';
import { signRs256 } from './private-key.ts';

interface Format {
  readonly type: 'pkcs1' | 'pkcs8' | 'spki';
  readonly cipher?: string;
  readonly passphrase?: string;
}
const pemOf = (key: KeyObject, format: Format): string => key.export({ ...format, format: 'pem' }).toString();
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });

const pair = rsa(2048);
const privateKey = pemOf(pair.privateKey, { type: 'pkcs8' });
const publicKey = pemOf(pair.publicKey, { type: 'spki' });

const verifies = (key: KeyObject, text: string, signature: string): boolean =>
  verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));

suite('RS256', () => {
  test('a PKCS#8 key signs, without padding', async () => {
    const signature = await signRs256(privateKey, '虎.符', 'privateKeyPem');
    assert.ok(verifies(pair.publicKey, '虎.符', signature));
    assert.match(signature, /^[A-Za-z0-9_-]{342}$/);
  });

  // Lengths of one and of two bytes in the wrapping.
  for (const modulusLength of [1024, 2048, 4096]) {
    test(`a PKCS#1 key of ${modulusLength} bits signs`, async () => {
      const keys = rsa(modulusLength);
      const pem = pemOf(keys.privateKey, { type: 'pkcs1' });
      assert.match(pem, /BEGIN RSA PRIVATE KEY/);
      assert.ok(verifies(keys.publicKey, 'text', await signRs256(pem, 'text', 'key')));
    });
  }

  for (const [rule, change] of [
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['line ends that an environment variable made two characters', (text: string) => text.replaceAll('\n', '\\n')],
    ['no line ends at all', (text: string) => text.replaceAll('\n', '')],
    ['text around it', (text: string) => `Bag Attributes\n  friendlyName: me\n${text}\n`],
  ] as const) {
    test(`a key signs with ${rule}`, async () => {
      assert.ok(verifies(pair.publicKey, 'text', await signRs256(change(privateKey), 'text', 'key')));
    });
  }

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encrypted = (type: 'pkcs8' | 'pkcs1'): string =>
    pemOf(rsa(1024).privateKey, { type, cipher: 'aes-256-cbc', passphrase: 'p' });

  for (const [rule, key] of [
    [
      'an EC key, which the SDK signs with',
      pemOf(ec.privateKey, { type: 'pkcs8' }),
      /is no key for RSASSA-PKCS1-v1_5$/,
    ],
    ['a public key', publicKey],
    ['an encrypted PKCS#8 key', encrypted('pkcs8')],
    ['an encrypted PKCS#1 key', encrypted('pkcs1')],
    ['a path', '/home/me/key.pem'],
    ['no text at all', ''],
    ['a key without its end', privateKey.slice(0, -40)],
    ['a key with a star in it', privateKey.replace(/MII/, 'M*I')],
    ['a key with a piece missing', privateKey.replace(/\n[^\n-]+\n/, '\n')],
  ] as const) {
    test(`${rule} is refused, and nothing of it told`, async () => {
      await assert.rejects(signRs256(key, 'text', 'privateKeyPem'), (error: unknown) => {
        assert.ok(isTokenError(error, 'config'));
        assert.equal(error.message, 'privateKeyPem is no private key for RSASSA-PKCS1-v1_5, unencrypted and in PEM');
        assert.equal(error.cause, undefined);
        return true;
      });
    });
  }
});
