/** Talks to the authorization server: metadata, client authentication, and what its refusals mean. */

import * as oauth from 'oauth4webapi';
import { importPrivateKey } from '../../core/crypto/private-key.ts';
import { isTokenError, TokenError, type TokenErrorCode } from '../../core/errors.ts';
import { type ExchangeAnswer, exchange, refusal } from '../../core/exchange.ts';
import { clockToleranceMs } from '../../core/lifetime.ts';
import type { ProviderContext } from '../../core/provider.ts';
import { plainWord } from '../../core/redact.ts';
import type { KeyAlgorithm, OAuth2Settings } from './settings.ts';

/** What every request of `oauth4webapi` is given. */
export interface Asking {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly auth: oauth.ClientAuth;
  readonly options: {
    readonly [oauth.customFetch]: (url: string, init: FetchOptions) => Promise<Response>;
    readonly [oauth.allowInsecureRequests]: boolean;
  };
}

interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Metadata hardly ever change, and a refresh should be one request. */
const metadataLifetimeMs = 60 * 60 * 1000;

export type Ask = <Result>(
  call: string,
  context: ProviderContext,
  work: (asking: Asking) => Promise<Result>,
) => Promise<Result>;

/** Metadata are kept for an hour; nothing else is. */
export function serverOf(settings: OAuth2Settings): Ask {
  let known: { readonly server: oauth.AuthorizationServer; readonly untilMs: number } | undefined;

  async function metadata(context: ProviderContext): Promise<oauth.AuthorizationServer> {
    if (settings.metadata) return { ...settings.metadata, issuer: settings.issuer };
    if (known && context.clock.monoMs() < known.untilMs) return known.server;
    const issuer = new URL(settings.issuer);
    const algorithm = settings.discovery ?? 'oauth2';
    try {
      const options = { algorithm, ...optionsOf(settings, 'discovery', context) };
      const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
      known = { server, untilMs: context.clock.monoMs() + metadataLifetimeMs };
      return server;
    } catch (error) {
      const { code, message, ...facts } = failure('discovery', error);
      // Nothing was spent so far.
      throw new TokenError({ ...facts, code, message, uncertain: false });
    }
  }

  return async (call, context, work) => {
    const server = await metadata(context);
    const auth = await authenticationOf(settings);
    const offsetMs = context.clock.offsetMs();
    const asking = (): Asking => ({
      server,
      client: { client_id: settings.clientId, [oauth.clockSkew]: Math.round(context.clock.offsetMs() / 1000) },
      auth,
      options: optionsOf(settings, call, context),
    });
    try {
      return await work(asking());
    } catch (thrown) {
      const error = failure(call, thrown);
      const isLate = error.code === 'invalid_client' && settings.privateKeyPem !== undefined;
      // An assertion of the wrong time: the refusal told the right one.
      if (!isLate || Math.abs(context.clock.offsetMs() - offsetMs) < clockToleranceMs) throw error;
    }
    return work(asking()).catch((thrown) => {
      throw failure(call, thrown);
    });
  };
}

function optionsOf(settings: OAuth2Settings, call: string, context: ProviderContext): Asking['options'] {
  return {
    [oauth.customFetch]: async (url, { method, headers, body }) => {
      const text = body === undefined ? {} : { body: String(body) };
      const answer = await exchange(context, { url, method, headers, ...text });
      if (answer.status !== 200) throw refusalOf(call, answer, context);
      return new Response(answer.text);
    },
    [oauth.allowInsecureRequests]: settings.isPlainHttp,
  };
}

const keyAlgorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const satisfies Readonly<Record<KeyAlgorithm, object>>;

async function authenticationOf(settings: OAuth2Settings): Promise<oauth.ClientAuth> {
  const { clientSecret, privateKeyPem, keyAlgorithm = 'ES256', keyId, authentication } = settings;
  if (privateKeyPem !== undefined) {
    const key = await importPrivateKey(privateKeyPem, keyAlgorithms[keyAlgorithm], 'privateKeyPem');
    return oauth.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId });
  }
  if (clientSecret === undefined) return oauth.None();
  const way = authentication === 'client_secret_post' ? oauth.ClientSecretPost : oauth.ClientSecretBasic;
  return way(clientSecret);
}

const meanings: ReadonlyMap<unknown, TokenErrorCode> = new Map([
  ['invalid_grant', 'invalid_grant'],
  ['invalid_client', 'invalid_client'],
  ['unauthorized_client', 'invalid_client'],
  ['server_error', 'server_error'],
  ['temporarily_unavailable', 'server_error'],
]);

/** RFC 6749, section 5.2. */
function refusalOf(call: string, answer: ExchangeAnswer, context: ProviderContext): TokenError {
  const { json, status } = answer;
  const { error: vendorCode }: { readonly error?: unknown } = typeof json === 'object' && json !== null ? json : {};
  const code = meanings.get(vendorCode) ?? (status === 401 ? 'invalid_client' : undefined);
  return refusal(answer, context, { call, code, vendorCode });
}

/** What `oauth4webapi` throws holds answers, tokens included: only its code goes on. */
function failure(call: string, thrown: unknown): TokenError {
  if (isTokenError(thrown)) return thrown;
  const { code, error }: { readonly code?: unknown; readonly error?: unknown } =
    typeof thrown === 'object' && thrown !== null ? thrown : {};
  if (code === oauth.AUTHORIZATION_RESPONSE_ERROR) {
    const vendorCode = plainWord(error);
    const why = vendorCode ? ` (${vendorCode})` : '';
    return new TokenError({ code: 'invalid_grant', message: `the login gave no code${why}`, vendorCode });
  }
  const word = plainWord(code) ?? 'unknown';
  const isOurs = /METADATA|FORBIDDEN|ARG/.test(word);
  const message = `${call}: ${isOurs ? 'it cannot be asked' : 'the answer is not what OAuth wants'} (${word})`;
  return new TokenError({ code: isOurs ? 'config' : 'malformed_response', message, uncertain: !isOurs });
}
