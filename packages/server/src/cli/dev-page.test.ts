import assert from 'node:assert/strict';
import { createHmac, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
  test('fits a terminal: at most 100 columns but for URLs, at most 90 lines', async () => {
    await withPage((page) => {
      const lines = page.split('\n');
      assert.ok(lines.length <= 90, `${lines.length} lines`);
      for (const line of lines) assert.ok(line.length <= 100 || line.startsWith('  http'), line);
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

  test('shows how to sign an assertion: its claims and its key give a session, and that is refreshed', async () => {
    await withPage(async (page, url) => {
      const [, app = '', user = ''] = /pds=\S+ app=(\S+) user=(\S+)/.exec(page) ?? [];
      const key = readFileSync(/key=(\S+)/.exec(page)?.[1] ?? '', 'utf8');
      const [, domain = ''] = /^ {4}(\S+) "\$\(openssl rand -hex 16\)"/m.exec(page) ?? [];
      const values = [app, user, domain, randomUUID(), String(Math.floor(Date.now() / 1000) + 300)];
      const format = /claims='([^']+)'/.exec(page)?.[1] ?? '';
      const claims = values.reduce((text, value) => text.replace('%s', value), format);
      const base64url = (text: string): string => Buffer.from(text).toString('base64url');
      const signed = `${base64url('{"alg":"RS256","typ":"JWT"}')}.${base64url(claims)}`;
      assert.match(page, /printf %s "\$jwt" \| openssl dgst -sha256 -sign "\$key" \| b64/);
      const assertion = `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
      const grantType = /-d grant_type=(urn:\S+)\); echo/.exec(page)?.[1] ?? '';
      const body = new URLSearchParams({ client_id: app, assertion, grant_type: grantType });
      const session = await fetch(`${url}/v2/oauth/token`, { method: 'POST', body });
      assert.equal(session.status, 200);
      const { refresh_token } = (await session.json()) as { refresh_token: string };
      const shown = /^ {4}-d '(\{"app_id".*\})'; echo$/m.exec(page)?.[1] ?? '';
      const refreshed = await fetch(`${url}/v2/account/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: shown.replace("'$app'", app).replace("'$refresh'", refresh_token),
      });
      assert.equal(refreshed.status, 200);
    });
  });

  test('shows both logins of SCNet and how to sign one: each gives rows, and a token of them is renewed', async () => {
    await withPage(async (page, url) => {
      const call = async (path: string, headers: Record<string, string>): Promise<string> => {
        const answer = await fetch(url + path, { method: 'POST', headers });
        const text = await answer.text();
        assert.match(text, /"code":"0"/, path);
        return text;
      };
      const [, user = '', accessKey = ''] = /user=(\S+) ac=\S+ ak=(\S+) now=/.exec(page) ?? [];
      const { password = '', orgId = '' } = headersOf(page);
      await call('/ac/openapi/v2/tokens', { user, password, orgId });
      const timestamp = String(Math.floor(Date.now() / 1000));
      const format = /text='(\{"accessKey[^']+)'/.exec(page)?.[1] ?? '';
      const signed = [accessKey, timestamp, user].reduce((text, value) => text.replace('%s', value), format);
      const [, secret = ''] = /openssl dgst -sha256 -hmac ([0-9a-f]+) -r \| cut -c1-64/.exec(page) ?? [];
      const signature = createHmac('sha256', secret).update(signed).digest('hex');
      const rows = await call('/api/user/v3/tokens', { user, accessKey, signature, timestamp });
      const token = /eyJ[^"]*/.exec(rows)?.[0] ?? '';
      assert.match(page, /grep -o 'eyJ\[\^"\]\*' \| head -1/);
      await call('/ac/openapi/v2/tokens/next', { token });
    });
  });

  test('holds a call that gives a machine its token', async () => {
    await withPage(async (page, url) => {
      const [, client = '', secret = ''] =
        /-d grant_type=client_credentials \\\n +-u ([^:\s]+):([^;\s]+)/.exec(page) ?? [];
      const answer = await fetch(`${url}/oauth2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${client}:${secret}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      assert.equal(answer.status, 200);
    });
  });

  test('leads a browser to the login page of PDS and of OAuth', async () => {
    await withPage(async (page) => {
      const urls = [...page.matchAll(/^ {2}(http\S+)$/gm)].map(([, found = '']) => found);
      assert.equal(urls.length, 2);
      for (const found of urls) {
        const answer = await fetch(found);
        assert.equal(answer.status, 200, found);
        assert.match(await answer.text(), /type="password"/, found);
      }
    });
  });

  test('moves the clock and orders a fault with the bodies that it shows', async () => {
    await withPage(async (page, url) => {
      const token = /Bearer (\S+)'/.exec(page)?.[1];
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const bodies = [...page.matchAll(/-d '(\{"(?:advance|path)[^']+\})'/g)].map(([, body = '']) => body);
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
