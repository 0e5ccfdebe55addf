import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { signSls } from './sign-sls.ts';
import { startEmulator } from './start.ts';

/** Members that hold a secret of the demo data, wherever they stand in the description. */
const secretMember = /secret|password|token|pem|key$/i;

function secretsIn(value: object): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === 'object' && member !== null) return secretsIn(member);
    return typeof member === 'string' && secretMember.test(name) ? [member] : [];
  });
}

/** Under each of these names a client of some dialect sends a secret. */
const fields = [
  ...['client_secret', 'password', 'code', 'code_verifier', 'assertion', 'client_assertion', 'refresh_token', 'token'],
  ...['subject_token', 'ticket', 'secretKey', 'accessKeySecret', 'securityToken', 'privateKeyPem', 'signature'],
];
const headers = ['password', 'token', 'signature', 'x-acs-security-token', 'cookie', 'x-api-key'];

suite('what arrived', () => {
  test('shows no secret of the demo data, wherever a client sends it', async () => {
    await using emulator = await startEmulator();
    const { url, description } = emulator;
    const secrets = secretsIn(description);
    assert.ok(secrets.length >= 11, `found ${secrets.length}`);
    const post = (type: string, body: string, more: Record<string, string> = {}, query = '') =>
      fetch(`${url}/oauth2/token${query}`, { method: 'POST', headers: { 'content-type': type, ...more }, body });
    for (const secret of secrets) {
      const members = Object.fromEntries(fields.map((name) => [name, secret]));
      const pairs = new URLSearchParams(members).toString();
      const query = new URLSearchParams({ ticket: secret, client_secret: secret });
      const line = secret.replaceAll('\n', ' ');
      await post('application/x-www-form-urlencoded', pairs);
      await post('application/json', JSON.stringify({ ...members, deep: [members], password: [secret] }));
      await post('text/plain', secret);
      await post('application/json', '{}', Object.fromEntries(headers.map((name) => [name, line])), `?${query}`);
      for (const scheme of ['Bearer', 'DPoP']) await post('text/plain', '', { authorization: `${scheme} ${line}` });
      await post('text/plain', '', { authorization: `Basic ${btoa(`id:${secret}`)}` });
    }
    const { sls } = description;
    const asked = { path: '/tickets', query: {}, host: sls.endpoint, atMs: emulator.clock.nowMs() };
    const signed = signSls({ ...sls, ...sls.temporary }, asked);
    await fetch(url + signed.target, { method: signed.method, headers: signed.headers });
    const shown = JSON.stringify(emulator.requests.list());
    assert.equal(emulator.requests.list().length, 7 * secrets.length + 1);
    for (const secret of secrets) {
      const spellings = [secret, secret.replaceAll('\n', ' '), encodeURIComponent(secret), btoa(`id:${secret}`)];
      for (const spelling of spellings) assert.equal(shown.includes(spelling), false);
      // Nor most of one.
      assert.equal(shown.includes(secret.slice(-16)), false);
    }
  });
});
