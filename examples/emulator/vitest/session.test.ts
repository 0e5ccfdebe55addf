/**
 * Sessions of Alibaba Cloud PDS with vitest: rotation, the lost answer, the answer that breaks off, the end of seven days.
 * `npx vitest run` runs it.
 */

import { createPrivateKey } from 'node:crypto';
import { type Emulator, startEmulator } from 'hufu/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Application, open, Refused, refresh } from './session.ts';

const day = 24 * 60 * 60;

let emulator: Emulator;
let app: Application;
beforeAll(async () => {
  emulator = await startEmulator({ clock: '2026-01-01T00:00:00Z' });
  const { apiEndpoint, domainId, jwtApp } = emulator.description.pds;
  app = { apiEndpoint, domainId, clientId: jwtApp.clientId, key: createPrivateKey(jwtApp.privateKeyPem) };
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.stop());

const opened = () => open(app, 'alice', emulator.clock.nowMs() / 1000);
const path = '/v2/account/token';

test('a session goes on with a new pair, and the old pair is dead', async () => {
  const first = await opened();
  const second = await refresh(app, first);
  const third = await refresh(app, second);
  expect(third.refresh_token).not.toBe(first.refresh_token);
  await expect(refresh(app, first)).rejects.toThrow(Refused);
});

for (const fault of ['drop', 'truncated'] as const) {
  test(`a session survives an answer that is lost on its way: ${fault}`, async () => {
    const first = await opened();
    emulator.faults.add({ path, when: 'after-commit', do: fault });
    const second = await refresh(app, first);
    expect(emulator.requests.list().filter((request) => request.path === path)).toHaveLength(2);
    await expect(refresh(app, second)).resolves.toBeDefined();
  });
}

test('a session is not refreshed twice where the server says no', async () => {
  const first = await opened();
  emulator.faults.add({ path, when: 'before', do: 'status', status: 429, retryAfterSeconds: 1 });
  await expect(refresh(app, first)).rejects.toThrow('TooManyRequests');
  expect(emulator.requests.list().at(-1)?.status).toBe(429);
});

test('a session ends after seven days of rest', async () => {
  const first = await opened();
  emulator.clock.advance(7 * day - 1);
  const second = await refresh(app, first);
  emulator.clock.advance(7 * day);
  await expect(refresh(app, second)).rejects.toThrow(Refused);
});
