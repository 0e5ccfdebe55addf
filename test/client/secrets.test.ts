/**
 * Whatever happens to a token source, what it tells (events, errors with their stacks and causes, what it prints of itself and of
 * tokens) holds no part of a secret: against a running server whose answers are lost, cut off, and made to repeat all they heard.
 */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import {
  createTokenSource,
  type FetchLike,
  memoryStore,
  type Provider,
  type Token,
} from '../../packages/client/src/index.ts';
import { oauth2ClientCredentials } from '../../packages/client/src/providers/oauth2/index.ts';
import { pdsJwt } from '../../packages/client/src/providers/pds/index.ts';
import { scnet } from '../../packages/client/src/providers/scnet/index.ts';
import { sls } from '../../packages/client/src/providers/sls/index.ts';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';

/** What becomes of a request. Of a refusal, every text repeats what the request was and what the server would have said. */
const fates = ['answer', 'echo 400', 'echo 401', 'echo 503', 'echo 200', 'cut off', 'redirect', 'lost'] as const;
type Fate = (typeof fates)[number];
const acts = ['get', 'force', 'reject', 'invalidate', 'logout'] as const;

/** As many characters in a row give a secret away; the last four of a long one may be shown. */
const tellingLength = 8;
const shownLength = 4;

class Secrets {
  readonly #parts = new Map<string, string>();

  add(name: string, secret: string): void {
    const hidden = secret.slice(0, secret.length - shownLength);
    for (let at = 0; at + tellingLength <= hidden.length; at += 1) {
      this.#parts.set(hidden.slice(at, at + tellingLength), name);
    }
  }

  /** Every text below a name that speaks of a token. */
  addFrom(answer: unknown, name = ''): void {
    if (typeof answer === 'string' && /token|ticket/i.test(name) && answer.length > 20) this.add(name, bodyOf(answer));
    if (typeof answer !== 'object' || answer === null) return;
    for (const [key, value] of Object.entries(answer)) this.addFrom(value, Array.isArray(answer) ? name : key);
  }

  assertNone(told: string): void {
    for (let at = 0; at + tellingLength <= told.length; at += 1) {
      const name = this.#parts.get(told.slice(at, at + tellingLength));
      assert.equal(name, undefined, `${name} shows at: ${told.slice(Math.max(0, at - 60), at)}…`);
    }
  }
}

/** Of a JWT what nobody could write without having it: header and payload are public words. */
const bodyOf = (token: string): string => token.split('.').at(-1) ?? token;

/** The platform's fetch, in front of a server that is out of order. */
function troubled(fateOf: () => Fate, secrets: Secrets): FetchLike {
  return async (url, init) => {
    const answer = await fetch(url, init as RequestInit);
    const text = await answer.text();
    if (text.startsWith('{')) secrets.addFrom(JSON.parse(text));
    const heard = `${init?.body ?? ''} ${JSON.stringify(init?.headers ?? {})} ${text}`;
    const fate = fateOf();
    const headers = { 'content-type': 'application/json' };
    switch (fate) {
      case 'answer':
        return new Response(text, { status: answer.status, headers: answer.headers });
      case 'echo 200':
      case 'echo 400':
      case 'echo 401':
      case 'echo 503': {
        const said = {
          code: heard,
          errorCode: heard,
          error: heard,
          error_description: heard,
          message: heard,
          msg: heard,
        };
        return new Response(JSON.stringify(said), { status: Number(fate.slice(5)), headers });
      }
      case 'cut off':
        return new Response(text.slice(0, text.length - 3), { status: answer.status, headers });
      case 'redirect':
        return new Response(heard, {
          status: 302,
          headers: { location: `https://elsewhere.example/?${encodeURI(text)}` },
        });
      case 'lost':
        throw new TypeError('fetch failed', {
          cause: Object.assign(new Error('other side closed'), { code: 'ECONNRESET' }),
        });
    }
  };
}

/** Everything that somebody could print of it. */
const toldOf = (value: unknown): string =>
  [inspect(value, { depth: 20, showHidden: true, getters: true }), JSON.stringify(value), String(value)].join('\n');

describe('what a token source tells holds no part of a secret', () => {
  let emulator: Emulator;
  let providers: Record<string, { readonly provider: Provider; readonly given: readonly string[] }>;
  before(async () => {
    emulator = await startEmulator();
    const { sls: s, pds: p, scnet: c, oauth: o } = emulator.description;
    const keys = { accessKeyId: s.accessKeyId, accessKeySecret: s.accessKeySecret };
    const { acBase, apiBase, user, password, orgId, accessKey, secretKey } = c;
    const { clientId, clientSecret } = o.confidentialClient;
    const privateKeyPem = p.jwtApp.privateKeyPem.split('\n').slice(1, -2).join('');
    providers = {
      sls: { provider: sls({ ...keys, endpoint: `http://${s.endpoint}` }), given: [s.accessKeySecret] },
      pds: {
        provider: pdsJwt({ endpoint: p.apiEndpoint, domainId: p.domainId, ...p.jwtApp, userId: p.user.userId }),
        given: [privateKeyPem],
      },
      'scnet by key': {
        provider: scnet({ acBase, apiBase, user, accessKey, secretKey, clusterId: '11112' }),
        given: [secretKey],
      },
      'scnet by password': {
        provider: scnet({ acBase, apiBase, user, password, orgId, clusterId: '11112' }),
        given: [password],
      },
      oauth2: {
        provider: oauth2ClientCredentials({ issuer: o.issuer, clientId, clientSecret }),
        given: [clientSecret, btoa(`${clientId}:${clientSecret}`)],
      },
    };
  });
  after(() => emulator.stop());

  const step = fc.record({
    act: fc.constantFrom(...acts),
    fates: fc.array(fc.constantFrom(...fates), { maxLength: 3 }),
  });
  const history = fc.array(step, { minLength: 1, maxLength: 6 });

  for (const name of ['sls', 'pds', 'scnet by key', 'scnet by password', 'oauth2']) {
    it(`${name}: through any history of losses, echoes and refusals`, async () => {
      const { provider, given } = providers[name] ?? assert.fail(name);
      let [tokens, errors] = [0, 0];
      const run = async (
        steps: readonly { readonly act: (typeof acts)[number]; readonly fates: readonly Fate[] }[],
      ) => {
        const secrets = new Secrets();
        for (const secret of given) secrets.add('a secret of the options', secret);
        const told: string[] = [];
        let fate: Fate[] = [];
        const source = createTokenSource({
          provider,
          store: memoryStore(),
          fetch: troubled(() => fate.shift() ?? 'answer', secrets),
          policy: { retries: 1, backoffFirstMs: 1, backoffMostMs: 1, cooldownFirstMs: 1, cooldownMostMs: 1 },
          onEvent: (event) => told.push(toldOf(event)),
        });
        const tell = (value: unknown): number => told.push(toldOf(value));
        let held: Token | undefined;
        const get = async (options: Parameters<typeof source.getToken>[0]): Promise<void> => {
          held = await source.getToken(options);
          tokens += 1;
          tell(held);
          tell({ ...held });
        };
        for (const { act, fates } of steps) {
          fate = [...fates];
          await (act === 'logout'
            ? source.logout()
            : act === 'invalidate'
              ? held && source.invalidate(held, 'the test wants it')
              : get({
                  ...(act === 'force' && { forceRefresh: true }),
                  ...(act === 'reject' && held && { reject: held }),
                })
          )?.catch((error: unknown) => {
            errors += 1;
            tell(error);
            told.push(error instanceof Error ? `${error.stack}` : '');
          });
          tell(source);
          tell(source.status());
        }
        await source.close();
        secrets.assertNone(told.join('\n'));
      };
      await fc.assert(fc.asyncProperty(history, run), { numRuns: 25 });
      assert.ok(tokens > 0 && errors > 0, `${tokens} tokens and ${errors} errors were looked at`);
    });
  }
});
