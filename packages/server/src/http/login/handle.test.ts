import assert from 'node:assert/strict';
import test from 'node:test';
import { sampleSealing } from '../../keys/ring.sample.ts';
import { type Carried, openHandle, sealHandle } from './handle.ts';

const sealing = sampleSealing();
const untilMs = 1_730_257_365_559;
const carried: readonly Carried[] = [
  { at: 'request', dialect: 'oauth', query: 'client_id=a&state=%22' },
  { at: 'request', dialect: 'oauth', query: '', signedInAs: 'grant' },
  { at: 'consent', dialect: 'pds', query: 'q', askedOf: 'grant', words: 'read' },
  { at: 'tenant', tenant: 'acme' },
];

test('what was sealed comes back, and fits into a URL as it is', () => {
  for (const what of carried) {
    const handle = sealHandle(sealing, what, untilMs);
    assert.equal(encodeURIComponent(handle), handle);
    assert.deepEqual(openHandle(sealing, handle, untilMs - 1), what);
  }
});

test('a handle is over at its end', () => {
  for (const what of carried) {
    const handle = sealHandle(sealing, what, untilMs);
    assert.equal(openHandle(sealing, handle, untilMs), undefined);
    assert.equal(openHandle(sealing, handle, untilMs + 1), undefined);
  }
});

test('nothing of a handle can be read or changed outside', () => {
  const handle = sealHandle(sealing, { at: 'tenant', tenant: 'acme-tenant' }, untilMs);
  assert.doesNotMatch(Buffer.from(handle, 'base64url').toString('latin1'), /acme/);
  for (let at = 0; at < handle.length; at++) {
    const changed = handle.slice(0, at) + (handle[at] === 'A' ? 'B' : 'A') + handle.slice(at + 1);
    assert.equal(openHandle(sealing, changed, 0), undefined, `character ${at}`);
  }
});

test('what another key, another place or nobody sealed is no handle', () => {
  const other = sampleSealing(Buffer.alloc(32, 1).toString('base64'));
  const text = JSON.stringify({ until: untilMs, what: { at: 'tenant', tenant: 'acme' } });
  const elsewhere = Buffer.from(sealing.seal(text, 'access_key/LTAI')).toString('base64url');
  for (const handle of [
    sealHandle(other, { at: 'tenant', tenant: 'acme' }, untilMs),
    elsewhere,
    '',
    'x',
    '虎',
    'AA==',
  ]) {
    assert.equal(openHandle(sealing, handle, 0), undefined);
  }
});

test('what another release sealed is refused where it means something else now', () => {
  const seal = (value: unknown) =>
    Buffer.from(sealing.seal(JSON.stringify(value), 'login/handle')).toString('base64url');
  for (const what of [
    { at: 'elsewhere' },
    { at: 'tenant' },
    { at: 'tenant', tenant: 'a', returnTo: 'https://evil.example' },
  ]) {
    assert.equal(openHandle(sealing, seal({ until: untilMs, what }), 0), undefined);
  }
  assert.equal(openHandle(sealing, seal({ what: { at: 'tenant', tenant: 'a' } }), 0), undefined);
});
