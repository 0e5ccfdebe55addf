/** Links to the console with the ticket of a profile. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type Home, openHome } from './commands.ts';

let emulator: Emulator;
let home: Home;

before(async () => {
  emulator = await startEmulator({});
  const { endpoint, accessKeyId, accessKeySecret } = emulator.description.sls;
  const { issuer, confidentialClient } = emulator.description.oauth;
  home = openHome({ SLS_SECRET: accessKeySecret, CLIENT_SECRET: confidentialClient.clientSecret });
  await home.output([
    ...['profile', 'add', 'logs', '--provider', 'sls', '--set', `endpoint=http://${endpoint}`],
    ...['--set', `accessKeyId=${accessKeyId}`, '--secret', 'accessKeySecret=env:SLS_SECRET'],
  ]);
  await home.output([
    ...['profile', 'add', 'api', '--provider', 'oauth2', '--grant', 'client_credentials', '--set', `issuer=${issuer}`],
    ...['--set', `clientId=${confidentialClient.clientId}`, '--secret', 'clientSecret=env:CLIENT_SECRET'],
  ]);
});
after(async () => {
  home[Symbol.dispose]();
  await emulator.stop();
});

describe('link', () => {
  it('prints the plain documented link with the ticket that the profile has', async () => {
    const url = new URL(await home.output(['link', 'logs', '--project', 'website', '--logstore', 'access']));
    const { extra } = JSON.parse(await home.output(['token', 'logs', '--json']));
    assert.equal(url.searchParams.get('sls_ticket'), extra.ticket);
    assert.equal(url.searchParams.get('supportRefreshToken'), 'true');
  });

  it('as JSON says when its ticket ends', async () => {
    const args = ['link', 'dashboard', 'logs', '--project', 'website', '--dashboard', 'd-1', '--json'];
    const { page, expiresAt, url } = JSON.parse(await home.output(args));
    assert.deepEqual([page, new URL(url).pathname], ['dashboard', '/lognext/project/website/dashboard/d-1']);
    assert.ok(Date.parse(expiresAt) > emulator.clock.nowMs());
  });

  it('draws a QR code above it, and keeps the ticket off standard error', async () => {
    const args = ['link', 'logs', '--project', 'website', '--logstore', 'access', '--qr', '--open'];
    const { exitCode: code, stdout, stderr } = await home.run(args);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(code, 0);
    assert.match(lines.at(-1) ?? '', /^https:/);
    assert.match(lines[4] ?? '', /^[ █▀▄]+$/);
    assert.equal(stderr, 'hufu-client: there is no browser to open here\n');
  });

  it('needs a profile of SLS, and what its page needs', async () => {
    const other = await home.run(['link', 'api', '--project', 'p', '--logstore', 'l']);
    assert.deepEqual(
      [other.exitCode, other.stderr],
      [2, 'hufu-client: api is a profile of oauth2, and tickets are of sls\n'],
    );
    assert.equal((await home.run(['link', 'logs', '--project', 'p'])).exitCode, 2);
    assert.equal((await home.run(['link', 'saved-search', 'logs', '--project', 'p', '--logstore', 'l'])).exitCode, 2);
    assert.equal((await home.run(['link', 'logs', '--project', 'p', '--logstore', 'l', '--qr', '--json'])).exitCode, 2);
  });
});
