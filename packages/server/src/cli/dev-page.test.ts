import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import { startEmulator } from '../emulator/start.ts';
import { devPage } from './dev-page.ts';

const plain = (text: string): string => text;

async function withPage(check: (page: string, url: string) => void | Promise<void>): Promise<void> {
  await using emulator = await startEmulator();
  const { description, clock } = emulator;
  const page = devPage({ description, nowMs: clock.nowMs(), isFrozen: false, isKept: false }, plain);
  await check(page, emulator.url);
}

/** What a shell makes of the quoted headers of a call. */
const headersOf = (call: string): Record<string, string> =>
  Object.fromEntries([...call.matchAll(/-H '([^:']+): ([^']*)'/g)].map(([, name = '', value = '']) => [name, value]));

suite('the page of hufu dev', () => {
  test('fits a terminal: at most 100 columns, about 40 lines', async () => {
    await withPage((page) => {
      const lines = page.split('\n');
      assert.ok(lines.length <= 44, `${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= 100, line);
    });
  });

  test('holds a signed call that creates a ticket as it stands', async () => {
    await withPage(async (page, url) => {
      const call = /curl -sX POST (\S+\/tickets) [^\n]+\\\n[^\n]+\\\n[^\n]+/.exec(page);
      assert.equal(call?.[1], `${url}/tickets`);
      const answer = await fetch(`${url}/tickets`, { method: 'POST', headers: headersOf(call[0]) });
      assert.equal(answer.status, 200);
    });
  });

  test('shows how to sign: its shell function makes signatures that the server takes', async () => {
    await withPage(async (page, url) => {
      const [, id = '', secret = ''] = /id=(\S+) secret=(\S+)/.exec(page) ?? [];
      const format = /f='([^']+)'/.exec(page)?.[1] ?? '';
      assert.match(page, /printf "\$f" "\$d" "\$1" \| openssl dgst -sha256 -hmac "\$secret" -binary \| base64/);
      const date = new Date().toUTCString();
      const signed = format.replaceAll('\\n', '\n').replace('%s', date).replace('%s', '/tickets');
      const signature = createHmac('sha256', secret).update(signed).digest('base64');
      const headers = {
        date,
        'x-log-apiversion': '0.6.0',
        'x-log-signaturemethod': 'hmac-sha256',
        authorization: `LOG ${id}:${signature}`,
      };
      assert.equal((await fetch(`${url}/tickets`, { method: 'POST', headers })).status, 200);
    });
  });

  test('names a resource server that may introspect', async () => {
    await withPage(async (page, url) => {
      const [, client = '', secret = ''] = /-u ([^:\s]+):(\S+)/.exec(page) ?? [];
      const answer = await fetch(`${url}/oauth2/introspect`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${client}:${secret}`)}` },
        body: new URLSearchParams({ token: 'none' }),
      });
      assert.deepEqual(await answer.json(), { active: false });
    });
  });

  test('moves the clock and orders a fault with the bodies that it shows', async () => {
    await withPage(async (page, url) => {
      const token = /Bearer (\S+)'/.exec(page)?.[1];
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const bodies = [...page.matchAll(/-d '(\{[^']+\})'/g)].map(([, body = '']) => body);
      const statuses = [];
      for (const [at, name] of ['clock', 'faults'].entries()) {
        const body = bodies[at] ?? '';
        statuses.push((await fetch(`${url}/admin/v1/dev/${name}`, { method: 'POST', headers, body })).status);
      }
      assert.deepEqual(statuses, [200, 201]);
    });
  });

  test('says where the clock stands and where the data are kept', async () => {
    await using emulator = await startEmulator({ clock: '2024-10-30T03:02:45Z' });
    const { description, clock } = emulator;
    const page = devPage({ description, nowMs: clock.nowMs(), isFrozen: true, isKept: true }, plain);
    assert.match(page, /The clock stands at 2024-10-30T03:02:45\.000Z/);
    assert.ok(page.includes(`Data in ${description.dataDir}.`));
  });
});
