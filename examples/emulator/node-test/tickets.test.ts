/**
 * Tickets of Alibaba Cloud SLS with node:test and the vendor's own SDK: the end of a ticket, a busy server, a lost answer.
 * `node --test` runs it.
 */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls, * as models from '@alicloud/sls20201230';
import { type Emulator, startEmulator } from 'hufu/testing';

const day = 24 * 60 * 60;

let emulator: Emulator;
before(async () => {
  emulator = await startEmulator({ clock: '2026-01-01T00:00:00Z' });
});
beforeEach(() => emulator.reset());
after(() => emulator.stop());

/** Only `endpoint` and `protocol` differ from what production has. The SDK may sign by the system's clock. */
function client() {
  const { accessKeyId, accessKeySecret, endpoint } = emulator.description.sls;
  return new sls.default(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint, protocol: 'http' }));
}

const createTicket = () => client().createTicket(new models.CreateTicketRequest({ expirationTime: day }));
const refresh = (ticket: string | undefined) => client().refreshToken(new models.RefreshTokenRequest({ ticket }));

test('a ticket gives tokens until its 24th hour', async () => {
  const { ticket } = (await createTicket()).body ?? {};
  emulator.clock.advance(day - 1);
  assert.equal((await refresh(ticket)).statusCode, 200);
  emulator.clock.advance(1);
  await assert.rejects(refresh(ticket), { code: 'Unauthorized' });
});

test('a busy server is busy twice, in the vendor’s own words', async () => {
  emulator.faults.add({ path: '/tickets', when: 'before', do: 'status', status: 503, times: 2 });
  await assert.rejects(createTicket(), { code: 'ServerBusy' });
  await assert.rejects(createTicket(), { code: 'ServerBusy' });
  assert.equal((await createTicket()).statusCode, 200);
  assert.deepEqual(
    emulator.requests.list().map(({ path, status }) => `${path} ${status}`),
    ['/tickets 503', '/tickets 503', '/tickets 200'],
  );
});

test('a lost answer leaves a ticket behind that nobody holds', async () => {
  emulator.faults.add({ path: '/tickets', when: 'after-commit', do: 'drop' });
  await assert.rejects(createTicket());
  await createTicket();
  const headers = { authorization: `Bearer ${emulator.description.admin.token}` };
  const answer = await fetch(`${emulator.url}/admin/v1/grants`, { headers });
  const { rows } = (await answer.json()) as { rows: unknown[] };
  assert.equal(rows.length, 2);
});
