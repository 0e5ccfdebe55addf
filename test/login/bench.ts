/** A whole server with a few users and applications, on a clock that stands still, for tests of the login. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServer, type ServerParts } from '../../packages/server/src/compose.ts';
import { resolve } from '../../packages/server/src/config/load.ts';
import { type ControlledClock, createControlledClock } from '../../packages/server/src/emulator/clock.ts';
import { createClient, type NewClient } from '../../packages/server/src/service/administer-clients.ts';
import { createTenant } from '../../packages/server/src/service/administer-tenants.ts';
import { createUser, type NewUser } from '../../packages/server/src/service/administer-users.ts';
import { type AuditLine, readAuditLog } from '../../packages/server/src/service/audit-log.ts';
import type { RequestContext } from '../../packages/server/src/service/context.ts';
import { type Browser, createBrowser, type Page } from '../harness/browser.ts';
import type { Answer } from '../harness/exchange.ts';
import { logIn } from '../harness/login.ts';
import { addressOf, type Fields, type Pkce, pkce, postForm } from '../harness/oauth.ts';

export const startMs = Date.UTC(2026, 0, 5, 8);
export const tenant = 'acme';
export const alice = { userName: 'alice@acme.example', password: '虎 & 符: correct' };
export const wrong = { ...alice, password: 'wrong' };
export const web = { id: 'web', redirectUri: 'https://web.example/callback' };
export const prints = { id: 'prints', redirectUri: 'https://prints.example/callback?from=hufu' };

/** The least that Argon2id takes: what it costs is tested elsewhere. */
const cheap = { 'login.passwordMemoryKibibytes': '8', 'login.passwordPasses': '1' };

export interface LoginBench extends AsyncDisposable {
  readonly url: string;
  readonly clock: ControlledClock;
  readonly parts: ServerParts;
  context(): RequestContext;
  browser(): Browser;
  addUser(user: Partial<NewUser> & Pick<NewUser, 'id'>): Promise<void>;
  addClient(client: Partial<NewClient> & Pick<NewClient, 'id' | 'redirectUris'>): Promise<void>;
  /** Address of an authorization request of the first-party application, with S256 of `proof`. */
  address(more?: Record<string, string>): string;
  /** The verifier of that challenge. */
  readonly proof: Pkce;
  redeem(code: string | undefined, more?: Fields): Promise<Answer>;
  /** Newest first. */
  audit(type?: string): Promise<readonly AuditLine[]>;
}

export async function openLogin(options: Record<string, string> = {}): Promise<LoginBench> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-test-'));
  const clock = createControlledClock({ nowMs: () => Date.now() }, startMs);
  const flags = { ...cheap, 'server.port': '0', 'log.level': 'silent', ...options, 'data.dir': folder };
  const { config } = resolve({ env: {}, flags });
  const server = await composeServer(config, { clock, masterKey: randomBytes(32).toString('base64') });
  const { parts } = server;
  let requests = 0;
  const context = (): RequestContext => ({ requestId: `test-${++requests}`, nowMs: clock.nowMs(), remote: '' });
  const proof = pkce();
  const bench: Omit<LoginBench, 'url'> = {
    clock,
    parts,
    context,
    proof,
    browser: () => createBrowser({ nowMs: () => clock.nowMs() }),
    addUser: async (user) =>
      void (await createUser(parts, { tenant, name: user.id ?? '', policy: [], ...user }, context())),
    addClient: async (client) =>
      void (await createClient(
        parts,
        { tenant, dialect: 'oauth', type: 'native', name: client.id ?? '', ...client },
        context(),
      )),
    address: (more = {}) => addressOf(`${url}/oauth2/authorize`, { ...request(proof), ...more }),
    redeem: (code = '', more = {}) => postForm(`${url}/oauth2/token`, { ...redemption(proof, code), ...more }),
    audit: async (type) => (await readAuditLog(parts.store, { type }, { limit: 200, after: undefined })).rows,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await createTenant(parts, { id: tenant, name: 'Acme' }, context());
  const { userName: loginName, password } = alice;
  await bench.addUser({ id: 'u-alice', name: 'Alice', loginName, password });
  await bench.addClient({ id: web.id, name: 'Acme Web', redirectUris: [web.redirectUri] });
  await bench.addClient({
    id: prints.id,
    name: 'Photo Prints',
    redirectUris: [prints.redirectUri],
    isThirdParty: true,
    scopes: ['photos.read', 'photos.write'],
  });
  const url = await server.listen();
  return { ...bench, url };
}

const request = ({ challenge }: Pkce): Record<string, string> => ({
  response_type: 'code',
  client_id: web.id,
  redirect_uri: web.redirectUri,
  code_challenge: challenge,
  code_challenge_method: 'S256',
  state: 's',
});

const redemption = ({ verifier }: Pkce, code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  client_id: web.id,
  redirect_uri: web.redirectUri,
  code_verifier: verifier,
  code,
});

/** Opens an address that has to show a page. */
export async function pageAt(browser: Browser, address: string): Promise<Page> {
  const visit = await browser.open(address);
  if (visit.kind === 'page') return visit;
  throw new Error(`left for ${visit.location}`);
}

/** Signs alice in by the account page, with nowhere to go on to. */
export async function signIn(bench: LoginBench, browser: Browser): Promise<void> {
  const visit = await logIn(browser, await pageAt(browser, `${bench.url}/login?tenant=${tenant}`), alice);
  if (visit.kind !== 'page' || visit.answer.status !== 200) throw new Error('alice is not signed in');
}

/** Cookie of the session, as the browser keeps it. */
export const sessionOf = (browser: Browser): string | undefined =>
  browser.cookies.all().find(({ name }) => name.endsWith('hufu-session'))?.value;
