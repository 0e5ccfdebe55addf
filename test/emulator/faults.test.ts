/** Faults on every path of a whole emulator. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Emulator, startEmulator } from 'hufu/testing';

let emulator: Emulator;
before(async () => {
  emulator = await startEmulator({ clock: '2024-10-30T03:02:45.559Z' });
});
beforeEach(() => emulator.reset());
after(() => emulator.stop());

/** Every path but those of the admin API, from the words of a refusal. */
function servedPaths(): string[] {
  try {
    emulator.faults.add({ path: '/nowhere', when: 'before', do: 'drop' });
  } catch (error) {
    const [, list = ''] = /allowed: (.*), and what is below/.exec(String(error)) ?? [];
    return list.split(', ');
  }
  throw new Error('a fault for a path that nobody serves was taken');
}

/** Whatever the method: each is tried. */
async function statuses(path: string): Promise<number[]> {
  const found = [];
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(emulator.url + path, { method, redirect: 'manual' });
    await answer.arrayBuffer();
    found.push(answer.status);
  }
  return found;
}

describe('a fault', () => {
  it('meets every path that is served, before and after the commit', async () => {
    const paths = servedPaths();
    for (const path of ['/tickets', '/token/refresh', '/v2/oauth/token', '/v2/account/token', '/v2/oauth/authorize'])
      assert.ok(paths.includes(path), path);
    for (const path of ['/oauth2/token', '/oauth2/introspect', '/oauth2/revoke', '/oauth2/authorize', '/login'])
      assert.ok(paths.includes(path), path);
    for (const path of ['/.well-known/jwks.json', '/.well-known/oauth-authorization-server', '/healthz', '/metrics'])
      assert.ok(paths.includes(path), path);
    for (const path of paths) {
      for (const when of ['before', 'after-commit'] as const) {
        emulator.faults.add({ path, when, do: 'status', status: 599, times: 2 });
        assert.deepEqual(await statuses(path), [599, 599], `${when} ${path}`);
        emulator.faults.clear();
        assert.ok(!(await statuses(path)).includes(599), path);
      }
    }
  });

  it('meets the admin API, in its own words, but not the routes of the emulator', async () => {
    const headers = { authorization: `Bearer ${emulator.description.admin.token}` };
    emulator.faults.add({ path: '/admin/v1/*', when: 'after-commit', do: 'status', status: 503 });
    const clock = await fetch(`${emulator.url}/admin/v1/dev/clock`, { headers });
    assert.equal(clock.status, 200);
    const tenants = await fetch(`${emulator.url}/admin/v1/tenants`, { headers });
    assert.equal(tenants.status, 503);
    const { error, requestId } = (await tenants.json()) as Record<string, unknown>;
    assert.equal(error, 'temporarily_unavailable');
    assert.match(String(requestId), /^[0-9A-F]{24}$/);
    assert.equal((await fetch(`${emulator.url}/admin/v1/tenants`, { headers })).status, 200);
  });

  it('meets one row of the admin API, and no other', async () => {
    const headers = { authorization: `Bearer ${emulator.description.admin.token}` };
    emulator.faults.add({ path: '/admin/v1/tenants/none', method: 'PATCH', when: 'before', do: 'status', status: 500 });
    const patch = (id: string) =>
      fetch(`${emulator.url}/admin/v1/tenants/${id}`, { method: 'PATCH', headers, body: null });
    assert.notEqual((await patch('other')).status, 500);
    assert.equal((await patch('none')).status, 500);
  });

  it('is ordered and refused over HTTP as in the process', async () => {
    const order = async (body: object) => {
      const answer = await fetch(`${emulator.url}/admin/v1/dev/faults`, {
        method: 'POST',
        headers: { authorization: `Bearer ${emulator.description.admin.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const fault = { path: '/login*', method: 'POST', when: 'after-commit', do: 'truncated', times: 3 };
    assert.deepEqual(await order(fault), { status: 201, body: { faults: [fault] } });
    assert.deepEqual(emulator.faults.list(), [fault]);
    const lost = await order({ path: '/admin/v1/dev/clock', when: 'before', do: 'drop' });
    assert.equal(lost.status, 400);
    assert.match(String(lost.body.message), /^body\.path: nothing is served there; allowed: \/tickets, /);
  });
});
