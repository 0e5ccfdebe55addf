/** The five token calls, as the vendor's SDK sends them. */

import { assertionClaims, assertionHeader, assertionPayload, sdkForms, type TokenRequest } from '@hufu/wire/pds';
import { base64Url, utf8 } from '../../core/crypto/bytes.ts';
import { signRs256 } from '../../core/crypto/private-key.ts';
import { TokenError } from '../../core/errors.ts';
import { type ExchangeAnswer, type ExchangeRequest, exchange, refusal } from '../../core/exchange.ts';
import type { ProviderContext } from '../../core/provider.ts';
import { randomHex } from '../../core/random.ts';
import { exchangeTimed } from '../../core/timed.ts';
import { meaningOf, vendorCodeOf } from './errors.ts';
import type {
  RefreshJwtParams,
  RefreshParams,
  ServiceJwtParams,
  TokenByCodeParams,
  UserJwtParams,
} from './parameters.ts';
import type { PdsSettings } from './settings.ts';
import { type PdsTokenInfo, readTokenInfo } from './token-info.ts';

type Headers = Readonly<Record<string, string>>;

type Call<Params> = (
  settings: PdsSettings,
  params: Params,
  context: ProviderContext,
  /** Only where the server is known to take more than the vendor's clients send. */
  headers?: Headers,
) => Promise<PdsTokenInfo>;

export const getTokenByCode: Call<TokenByCodeParams> = async (settings, params, context) =>
  infoOf('getTokenByCode', await post(settings, sdkForms.getTokenByCode(params), context), context);

export const refreshToken: Call<RefreshParams> = async (settings, params, context, headers) =>
  infoOf('refreshToken', await post(settings, sdkForms.refreshToken(params), context, headers), context);

export const refreshJwtToken: Call<RefreshJwtParams> = async (settings, params, context, headers) =>
  infoOf('refreshJwtToken', await post(settings, sdkForms.refreshJwtToken(params), context, headers), context);

/** A user's token; without a user, that of the domain's service account. */
export const getJwtToken: Call<ServiceJwtParams & Partial<UserJwtParams>> = async (settings, params, context) => {
  const { client_id, private_key_pem, domain_id, subdomain_id, user_id, auto_create } = params;
  const make = async (nowMs: number): Promise<ExchangeRequest> => {
    const claims = assertionClaims({
      clientId: client_id,
      domainId: domain_id,
      subject: user_id === undefined ? { type: 'service' } : { type: 'user', userId: user_id, autoCreate: auto_create },
      jti: randomHex(16),
      nowSeconds: Math.floor(nowMs / 1000),
    });
    const signed = [assertionHeader, assertionPayload(claims)].map((part) => base64Url(utf8(part))).join('.');
    const assertion = `${signed}.${await signRs256(private_key_pem, signed, 'private_key_pem')}`;
    return requestOf(settings, sdkForms.getUserJwtToken({ client_id, assertion, subdomain_id }));
  };
  // Which refusal means the time is not documented: a clock that proves to be wrong is reason enough.
  const answer = await exchangeTimed(context, make, ({ status }) => status >= 400 && status < 500);
  return infoOf('getJwtToken', answer, context);
};

export const post = (
  settings: PdsSettings,
  request: TokenRequest,
  context: ProviderContext,
  headers?: Headers,
): Promise<ExchangeAnswer> => exchange(context, requestOf(settings, request, headers));

const requestOf = (
  { endpoint }: PdsSettings,
  { path, contentType, body }: TokenRequest,
  headers?: Headers,
): ExchangeRequest => ({
  url: endpoint + path,
  method: 'POST',
  headers: { accept: 'application/json', 'content-type': contentType, ...headers },
  body,
});

/** What an answer with another status than 200 means. */
export function refusalOf(call: string, answer: ExchangeAnswer, context: ProviderContext): TokenError {
  const vendorCode = vendorCodeOf(answer, answer.json);
  return refusal(answer, context, { call, vendorCode, ...meaningOf(vendorCode) });
}

function infoOf(call: string, answer: ExchangeAnswer, context: ProviderContext): PdsTokenInfo {
  const { status } = answer;
  if (status !== 200) throw refusalOf(call, answer, context);
  const info = readTokenInfo(answer.json);
  if (info) return info;
  // Whatever was spent is spent.
  const message = `${call}: the answer has no access_token`;
  throw new TokenError({ code: 'malformed_response', message, status, uncertain: true });
}
