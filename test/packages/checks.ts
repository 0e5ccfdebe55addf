/**
 * What the packed client does against an emulator, on whichever runtime: nothing here is Node's, and no test framework stands
 * between. Everything is imported as a consumer imports it. `run.ts` and a page of a browser run them.
 */

import { createTokenSource, isTokenError, keepWarm, memoryStore, type Provider, type TokenSource } from '@hufu/client';
import { createFetch } from '@hufu/client/fetch';
import { oauth2ClientCredentials } from '@hufu/client/providers/oauth2';
import { pdsJwt } from '@hufu/client/providers/pds';
import { scnet } from '@hufu/client/providers/scnet';
import { isSlsError, type SlsOptions, signatureV4, sls } from '@hufu/client/providers/sls';
import { aesCodec, sealedStore } from '@hufu/client/stores/sealed';

/** What is read of the emulator's description, and a little beside. */
export interface Demo {
  readonly url: string;
  /** Where nobody listens. */
  readonly nobody: string;
  readonly admin: { readonly token: string };
  readonly sls: { readonly accessKeyId: string; readonly accessKeySecret: string };
  readonly pds: {
    readonly domainId: string;
    readonly jwtApp: { readonly clientId: string; readonly privateKeyPem: string };
    readonly user: { readonly userId: string };
  };
  readonly scnet: { readonly user: string; readonly accessKey: string; readonly secretKey: string };
  readonly oauth: { readonly confidentialClient: { readonly clientId: string; readonly clientSecret: string } };
}

export type Check = (demo: Demo) => Promise<void>;

export function same(found: unknown, wanted: unknown): void {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${a} in the place of ${b}`);
}

export const slsOf = ({ url, sls: { accessKeyId, accessKeySecret } }: Demo, more: Partial<SlsOptions> = {}): Provider =>
  sls({ accessKeyId, accessKeySecret, endpoint: url, signature: signatureV4, ...more });

export const pdsOf = ({ url, pds }: Demo): Provider =>
  pdsJwt({ endpoint: url, domainId: pds.domainId, ...pds.jwtApp, userId: pds.user.userId });

/** The next request loses its answer: the server has acted. */
async function loseNext({ url, admin }: Demo, path: string): Promise<void> {
  const answer = await fetch(`${url}/admin/v1/dev/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${admin.token}` },
    body: JSON.stringify({ path, when: 'after-commit', do: 'drop', times: 1 }),
  });
  if (!answer.ok) throw new Error(`no fault: ${answer.status}`);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return isTokenError(error) ? error.code : String(error);
  }
  return 'nothing was refused';
}

export const checks: Readonly<Record<string, Check>> = {
  async 'SLS: a request that was signed by WebCrypto is accepted, and all who ask at once get one token'(demo) {
    const source = createTokenSource({ provider: slsOf(demo) });
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.getToken()));
    same(new Set(tokens.map(({ token }) => token)).size, 1);
  },

  async 'SLS: a wrong secret is a refusal with the words of the vendor'(demo) {
    const source = createTokenSource({ provider: slsOf(demo, { accessKeySecret: 'wrong' }) });
    const error: unknown = await source.getToken().catch((thrown: unknown) => thrown);
    same([isTokenError(error, 'invalid_client'), isSlsError(error, 'SignatureNotMatch')], [true, true]);
  },

  async 'PDS: an RS256 assertion opens a session, and its refresh token rotates'(demo) {
    const source = createTokenSource({ provider: pdsOf(demo) });
    const tokens = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1) tokens.add((await source.getToken({ forceRefresh: true })).token);
    same(tokens.size, 4);
  },

  async 'PDS: an answer that was lost is asked for again, and the session lives on'(demo) {
    const source = createTokenSource({ provider: pdsOf(demo), policy: { backoffFirstMs: 1, backoffMostMs: 1 } });
    const first = await source.getToken();
    await loseNext(demo, '/v2/account/token');
    const second = await source.getToken({ reject: first });
    same(second.token === first.token, false);
  },

  async 'OAuth 2.1: client credentials, found by the issuer'(demo) {
    const { clientId, clientSecret } = demo.oauth.confidentialClient;
    const provider = oauth2ClientCredentials({ issuer: demo.url, clientId, clientSecret });
    same((await createTokenSource({ provider }).getToken()).type, 'Bearer');
    const wrong = oauth2ClientCredentials({ issuer: demo.url, clientId, clientSecret: 'wrong' });
    same(await codeOf(createTokenSource({ provider: wrong }).getToken()), 'invalid_client');
  },

  async 'SCNet: a signature by the secret key gives a token'({ url, scnet: { user, accessKey, secretKey } }) {
    const provider = scnet({ acBase: url, apiBase: url, user, accessKey, secretKey });
    same(typeof (await createTokenSource({ provider }).getToken()).expiresAtMs, 'number');
  },

  async 'a sealed record opens under its key, and shows nothing'(demo) {
    const inner = memoryStore();
    const store = sealedStore(inner, aesCodec(new Uint8Array(32).fill(7)));
    const { token } = await createTokenSource({ provider: slsOf(demo), store }).getToken();
    const [key = ''] = await inner.list('');
    const kept = JSON.stringify(await inner.read(key));
    same([kept.includes('"sealed"'), kept.includes(token)], [true, false]);
    same((await createTokenSource({ provider: slsOf(demo), store }).getToken()).token, token);
  },

  async 'fetch carries the token to its origin alone, and sends a body again after a refusal'(demo) {
    const source = createTokenSource({ provider: slsOf(demo) });
    const seen: string[] = [];
    const server = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
      const request = new Request(input as Request, init);
      const carried = request.headers.get('authorization') === `Bearer ${source.peek()?.token}`;
      seen.push(`${new URL(request.url).host} ${carried} ${await request.text()}`);
      return new Response(null, { status: seen.length === 1 ? 401 : 200 });
    };
    const bound = createFetch(source, { origins: ['https://own.example'], fetch: server as typeof fetch });
    const init = { method: 'POST', body: 'items' };
    same((await bound(new URL('https://own.example/items'), init)).status, 200);
    same((await bound('https://other.example/items', init)).status, 200);
    same(seen, ['own.example true items', 'own.example true items', 'other.example false items']);
  },

  async 'a caller may leave, and a server that is not there is a network error'(demo) {
    const source = createTokenSource({ provider: slsOf(demo) });
    const leaving = new AbortController();
    const asked = source.getToken({ signal: leaving.signal });
    leaving.abort();
    same(await codeOf(asked), 'aborted');
    const nobody = createTokenSource({
      provider: slsOf(demo, { endpoint: demo.nobody }),
      policy: { retries: 1, backoffFirstMs: 1, backoffMostMs: 1 },
    });
    same(await codeOf(nobody.getToken()), 'network');
  },

  async 'what runs in the background keeps no program alive'(demo) {
    // The program that runs the checks has to end by itself, and nobody stops this one.
    const source: TokenSource = createTokenSource({ provider: slsOf(demo) });
    await source.getToken();
    keepWarm(source);
  },
};
