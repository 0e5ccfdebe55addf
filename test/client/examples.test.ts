/** Every program of examples/client/ runs as its users run it, with nothing changed but the environment. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { build } from 'esbuild';
import { traceTokens } from '../../examples/client/opentelemetry.ts';
import { fails, world } from '../../packages/client/src/core/source.sample.ts';
import type { TokenSource } from '../../packages/client/src/index.ts';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { firstLine, repository } from '../harness/dev.ts';
import { folder, lineOf, runExample, startExample } from './example.ts';
import { factsOf, type Taker, takeTokens } from './token-taker.ts';
import { visitor } from './visitor.ts';

const tested = new Set<string>();
/** The file's name, which the list at the end looks for. */
const example = (file: string): string => {
  tested.add(file);
  return file;
};

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'hufu-example-'));
  folders.push(made);
  return made;
}
after(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))));

const paths = (emulator: Emulator): string[] =>
  emulator.requests.list().flatMap(({ path }) => (path === '/oauth2/introspect' ? [] : [path]));

const slsEnvironment = ({ description: { sls } }: Emulator) => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: sls.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: sls.accessKeySecret,
  SLS_ENDPOINT: `http://${sls.endpoint}`,
  SLS_PROJECT: 'website',
  SLS_DASHBOARD: 'dashboard-1-2',
});

const pdsEnvironment = ({ description: { pds } }: Emulator, endpoint = pds.apiEndpoint) => ({
  PDS_DOMAIN_ID: pds.domainId,
  PDS_CLIENT_ID: pds.jwtApp.clientId,
  PDS_PRIVATE_KEY: pds.jwtApp.privateKeyPem,
  PDS_USER_ID: pds.user.userId,
  PDS_ENDPOINT: endpoint,
});

const oauthEnvironment = ({ description: { oauth } }: Emulator) => ({
  OAUTH_ISSUER: oauth.issuer,
  OAUTH_CLIENT_ID: oauth.confidentialClient.clientId,
  OAUTH_CLIENT_SECRET: oauth.confidentialClient.clientSecret,
});

describe('examples of SLS', () => {
  it(`${example('sls-console-link.ts')} prints a link with a ticket that holds`, async () => {
    await using emulator = await startEmulator();
    const { output, errors } = await runExample('sls-console-link.ts', slsEnvironment(emulator));
    const { origin, pathname, searchParams } = new URL(output.trim());
    assert.equal(origin + pathname, 'https://sls.console.aliyun.com/lognext/project/website/dashboard/dashboard-1-2');
    assert.equal((await factsOf(emulator, searchParams.get('sls_ticket') ?? '')).active, true);
    assert.match(errors, /good for 60 minutes/);
  });

  it(`${example('sls-dashboard/server.ts')} has tokens made for the tickets of its own readers alone`, async () => {
    await using emulator = await startEmulator();
    await using started = startExample('sls-dashboard/server.ts', { ...slsEnvironment(emulator), PORT: '0' });
    const url = await firstLine(started);
    const read = async () => {
      const answer = await fetch(url);
      const link = /src="([^"]+)"/.exec(await answer.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
      const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
      return { cookie, ticket: new URL(link).searchParams.get('sls_ticket') ?? '' };
    };
    const [alice, bob] = [await read(), await read()];
    const ask = (body: string, cookie: string) =>
      fetch(`${url}/sls-access-token`, { method: 'POST', body, headers: { cookie } });
    const answer = await ask(alice.ticket, alice.cookie);
    assert.equal(answer.status, 200);
    assert.equal((await factsOf(emulator, await answer.text())).active, true);
    for (const [ticket, cookie] of [
      [alice.ticket, bob.cookie],
      [alice.ticket, ''],
      ['', ''],
      ['', bob.cookie],
    ] as const) {
      assert.equal((await ask(ticket, cookie)).status, 403);
    }
    // A disabled key is told to the log, and not to readers.
    emulator.faults.add({ path: '/token/refresh', when: 'before', do: 'status', status: 401 });
    assert.deepEqual(await (await ask(bob.ticket, bob.cookie)).text(), 'the log service refused');
    assert.match(await (await fetch(`${url}/page.js`)).text(), /refreshToken/);
    tested.add('sls-dashboard/page.ts');
  });
});

describe('examples of PDS', () => {
  it(`${example('pds-jwt.ts')} asks for the drives of a user, and of the domain`, async () => {
    await using emulator = await startEmulator();
    const drives: Taker = ({ facts }) => ({ items: [], of: facts.sub });
    await using pds = await takeTokens(emulator, {
      'POST /v2/drive/list_my_drives': drives,
      'POST /v2/drive/list': drives,
    });
    const { output } = await runExample('pds-jwt.ts', pdsEnvironment(emulator, pds.url));
    const { domainId, user } = emulator.description.pds;
    assert.deepEqual(output.trim().split('\n'), [
      `${user.userId} (user): 200 ${JSON.stringify({ items: [], of: user.userId })}`,
      `${domainId} (superadmin): 200 ${JSON.stringify({ items: [], of: domainId })}`,
    ]);
  });

  it(`${example('pds-web-login.ts')} logs a user in who began the login, and gives a stranger nothing for the code`, async () => {
    await using emulator = await startEmulator();
    const { pds } = emulator.description;
    const { clientId, clientSecret, redirectUri } = pds.webServerApp;
    const environment = {
      PDS_DOMAIN_ID: pds.domainId,
      PDS_CLIENT_ID: clientId,
      PDS_CLIENT_SECRET: clientSecret,
      PDS_ENDPOINT: pds.apiEndpoint,
      PDS_REDIRECT_URI: redirectUri,
      HUFU_DATA_HOME: await newFolder(),
      PORT: '0',
    };
    await using started = startExample('pds-web-login.ts', environment);
    const url = await firstLine(started);
    const cookieOf = (answer: Response): string => answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const open = (path: string, cookie = '') => fetch(url + path, { headers: { cookie }, redirect: 'manual' });
    const away = await open('/');
    const signal = new AbortController().signal;
    const back = new URL(await visitor(pds.user)(away.headers.get('location') ?? '', { signal }));
    const callback = `${back.pathname}${back.search}`;
    const stranger = await open('/');
    for (const cookie of ['', 'browser=chosen', cookieOf(stranger)]) {
      assert.notEqual((await open(callback, cookie)).headers.get('location'), '/');
    }
    const home = await open(callback, cookieOf(away));
    assert.equal(home.headers.get('location'), '/');
    assert.equal(await (await open('/', cookieOf(home))).text(), `Hello, ${pds.user.userName}`);
    // Neither the code nor the name that the browser had before opens anything.
    assert.equal((await open(callback, cookieOf(away))).status, 400);
    assert.equal((await open('/', cookieOf(away))).status, 303);
  });

  it(`${example('pds-sdk.ts')} hands the SDK its tokens`, async () => {
    await using emulator = await startEmulator();
    const drives: Taker = ({ facts }) => ({ of: facts.sub });
    await using pds = await takeTokens(emulator, { 'POST /v2/drive/list_my_drives': drives });
    const sdk = join(repository, 'test/client/pds-sdk.ts');
    const { output } = await runExample('pds-sdk.ts', pdsEnvironment(emulator, pds.url), { node: ['--import', sdk] });
    assert.deepEqual(JSON.parse(output), { of: emulator.description.pds.user.userId });
  });

  it(`${example('many-processes.ts')}: eight at once make one session`, async () => {
    await using emulator = await startEmulator();
    const environment = { ...pdsEnvironment(emulator), HUFU_DATA_HOME: await newFolder() };
    const runs = await Promise.all(Array.from({ length: 8 }, () => runExample('many-processes.ts', environment)));
    const made = runs.filter(({ output }) => output.includes('made by this process'));
    assert.equal(made.length, 1);
    assert.equal(new Set(runs.map(({ output }) => /generation \d+/.exec(output)?.[0])).size, 1);
    assert.deepEqual(paths(emulator), ['/v2/oauth/token']);
  });

  it(`${example('day-later.test.ts')} passes`, async () => {
    const { output } = await runExample('day-later.test.ts', {}, { node: ['--test'] });
    assert.match(output, /pass 3\n/);
  });
});

describe('examples of SCNet', () => {
  it(`${example('scnet-job.ts')} submits a job to the region's own address`, async () => {
    await using emulator = await startEmulator();
    const { scnet, admin } = emulator.description;
    const jobs: unknown[] = [];
    const submit: Taker = ({ body }) => {
      jobs.push(JSON.parse(body));
      return { code: '0', msg: 'success', data: '35919' };
    };
    const refusal = { status: 200, body: { msg: 'auth_fail', code: '10008', data: 'token is invalid' } };
    await using region = await takeTokens(
      emulator,
      { 'POST /hpc/openapi/v2/apptemplates/BASIC/BASE/job': submit },
      refusal,
    );
    const services = { hpcUrls: [{ url: `${region.url}/hpc` }] };
    const patched = await fetch(`${emulator.url}/admin/v1/regions/11112`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ services }),
    });
    assert.equal(patched.status, 200);
    const environment = {
      SCNET_USER: scnet.user,
      SCNET_ACCESS_KEY: scnet.accessKey,
      SCNET_SECRET_KEY: scnet.secretKey,
      SCNET_CLUSTER_ID: '11112',
      SCNET_AC_BASE: scnet.acBase,
      SCNET_API_BASE: scnet.apiBase,
      SCNET_JOB_MANAGER: '1638523853',
    };
    const { output } = await runExample('scnet-job.ts', environment, { own: ['sleep 500'] });
    assert.deepEqual(JSON.parse(output), { code: '0', msg: 'success', data: '35919' });
    assert.match(JSON.stringify(jobs), /"GAP_CMD_FILE":"sleep 500".*"GAP_WORK_DIR":"\/public\/home\/act0001\/jobs\//);
  });
});

describe('examples of OAuth 2.1', () => {
  it(`${example('oauth-service.ts')} calls an API three times with one token`, async () => {
    await using emulator = await startEmulator();
    const report: Taker = ({ facts, url }) => ({ by: facts.client_id, page: url.searchParams.get('page') });
    await using api = await takeTokens(emulator, { 'GET /reports': report });
    const environment = { ...oauthEnvironment(emulator), API_URL: `${api.url}/reports` };
    const { output } = await runExample('oauth-service.ts', environment);
    const by = environment.OAUTH_CLIENT_ID;
    assert.equal(output, ['1', '2', '3'].map((page) => `200 ${JSON.stringify({ by, page })}\n`).join(''));
    assert.equal(paths(emulator).filter((path) => path === '/oauth2/token').length, 1);
  });

  it(`${example('oauth-cli-login.ts')} sends its user to the login once, and never again`, async () => {
    await using emulator = await startEmulator();
    const { issuer, publicClient, user } = emulator.description.oauth;
    const environment = {
      OAUTH_ISSUER: issuer,
      OAUTH_CLIENT_ID: publicClient.clientId,
      HUFU_DATA_HOME: await newFolder(),
    };
    await using started = startExample('oauth-cli-login.ts', environment);
    const url = await lineOf(started, /^ {2}(http\S+)$/);
    const back = await visitor(user)(url, { signal: new AbortController().signal });
    assert.equal((await fetch(new URL('/favicon.ico', back))).status, 404);
    assert.match(await (await fetch(back)).text(), /You are logged in/);
    assert.equal(await started.exited, 0);
    const again = await runExample('oauth-cli-login.ts', environment);
    assert.match(again.output, /^logged in for another \d+ minutes/);
    assert.equal(again.errors, '');
  });

  it(`${example('axios.ts')} posts with a token`, async () => {
    await using emulator = await startEmulator();
    await using api = await takeTokens(emulator, { 'POST /reports': ({ body }) => JSON.parse(body) });
    const { output } = await runExample('axios.ts', { ...oauthEnvironment(emulator), API_URL: api.url });
    assert.equal(output, '200 {"title":"May"}\n');
    assert.deepEqual(api.taken, ['POST /reports']);
  });

  it(`${example('mcp.ts')} lists the tools of a server that wants a token`, async () => {
    await using emulator = await startEmulator();
    const protocol: Taker = ({ body }) => {
      const { id, method, params } = JSON.parse(body);
      const result = (value: object) => ({ jsonrpc: '2.0', id, result: value });
      if (method === 'initialize') {
        const { protocolVersion } = params;
        return result({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'test', version: '1' } });
      }
      const tool = { name: 'echo', description: 'says it again', inputSchema: { type: 'object' } };
      return method === 'tools/list' ? result({ tools: [tool] }) : undefined;
    };
    await using server = await takeTokens(emulator, { 'POST /mcp': protocol });
    const { output } = await runExample('mcp.ts', { ...oauthEnvironment(emulator), MCP_URL: `${server.url}/mcp` });
    assert.equal(output, 'echo: says it again\n');
  });

  it(`${example('own-provider.ts')} prints a token, and not the secret in it`, async () => {
    await using emulator = await startEmulator();
    const { oauth } = emulator.description;
    const environment = {
      COMPANY_TOKEN_URL: `${oauth.issuer}/oauth2/token`,
      COMPANY_KEY: oauth.confidentialClient.clientId,
      COMPANY_SECRET: oauth.confidentialClient.clientSecret,
    };
    const { output } = await runExample('own-provider.ts', environment);
    assert.match(output, /redacted/);
    assert.doesNotMatch(output, /eyJ[\w-]+\.[\w-]+\./);
    const refused = runExample('own-provider.ts', { ...environment, COMPANY_SECRET: 'wrong' });
    await assert.rejects(refused, /invalid_client/);
  });
});

describe('examples of what surrounds a token', () => {
  it(`${example('opentelemetry.ts')} tells of refreshes that went well and of those that did not`, async () => {
    const open = world({ policy: { retries: 0 } });
    const told: unknown[] = [];
    const source: TokenSource = open.source;
    const stop = traceTokens(
      source,
      {
        startSpan: (name, { attributes }) => ({
          setStatus: (status) => told.push([name, attributes.outcome, status.code]),
          end: () => {},
        }),
      },
      {
        createCounter: (name) => ({ add: (value, { type = '' }) => told.push([name, type, value]) }),
        createHistogram: (name) => ({ record: (_, { outcome = '' }) => told.push([name, outcome]) }),
      },
    );
    await source.getToken();
    open.server.faults = [fails('server_error')];
    await source.getToken({ forceRefresh: true }).catch(() => {});
    stop();
    await open.clock.advance(60_000);
    await source.getToken({ forceRefresh: true });
    assert.deepEqual(told, [
      ['token.refresh', 'acquire', 1],
      ['token.refresh.duration', 'acquire'],
      ['token.events', 'cooldown', 1],
      ['token.refresh', 'server_error', 2],
      ['token.refresh.duration', 'server_error'],
    ]);
  });

  it(`${example('browser/page.ts')} can be bundled for browsers, without anything of Node`, async () => {
    const { outputFiles, warnings } = await build({
      entryPoints: [join(repository, folder, 'browser/page.ts')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      define: { ISSUER: '"https://id.example.com"', CLIENT_ID: '"page"' },
    });
    assert.deepEqual(warnings, []);
    assert.doesNotMatch(outputFiles[0]?.text ?? '', /from ?"node:|require\(/);
  });

  it('none is left out', async () => {
    const files = await readdir(join(repository, folder), { recursive: true });
    assert.deepEqual(files.filter((file) => file.endsWith('.ts')).toSorted(), [...tested].toSorted());
  });
});
