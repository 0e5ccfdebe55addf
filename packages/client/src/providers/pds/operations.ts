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
import {
  checkParams,
  type RefreshJwtParams,
  type RefreshParams,
  type ServiceJwtParams,
  type TokenByCodeParams,
  type UserJwtParams,
} from './parameters.ts';
import type { PdsSettings } from './settings.ts';
import { type PdsTokenInfo, readTokenInfo } from './token-info.ts';

type Call<Params> = (settings: PdsSettings, params: Params, context: ProviderContext) => Promise<PdsTokenInfo>;
type Headers = Readonly<Record<string, string>>;

const jwtNames = ['client_id', 'private_key_pem', 'domain_id'];

export const getUserJwtToken: Call<UserJwtParams> = (settings, params, context) => {
  checkParams('getUserJwtToken', params, {
    needed: [...jwtNames, 'user_id'],
    optional: ['auto_create', 'subdomain_id'],
  });
  return byAssertion('getUserJwtToken', settings, params, params, context);
};

export const getServiceJwtToken: Call<ServiceJwtParams> = (settings, params, context) => {
  checkParams('getServiceJwtToken', params, { needed: jwtNames, optional: ['subdomain_id'] });
  return byAssertion('getServiceJwtToken', settings, params, undefined, context);
};

export const getTokenByCode: Call<TokenByCodeParams> = async (settings, params, context) => {
  const needed = ['client_id', 'redirect_uri', 'code'];
  checkParams('getTokenByCode', params, { needed, optional: ['client_secret', 'code_verifier'] });
  const answer = await exchange(context, requestOf(settings, sdkForms.getTokenByCode(params)));
  return infoOf('getTokenByCode', answer, context);
};

/** @param headers only where the server is known to take more than the vendor's. */
export async function refreshToken(
  settings: PdsSettings,
  params: RefreshParams,
  context: ProviderContext,
  headers: Headers = {},
): Promise<PdsTokenInfo> {
  const needed = ['client_id', 'refresh_token'];
  checkParams('refreshToken', params, { needed, optional: ['client_secret', 'redirect_uri'] });
  const answer = await exchange(context, requestOf(settings, sdkForms.refreshToken(params), headers));
  return infoOf('refreshToken', answer, context);
}

export async function refreshJwtToken(
  settings: PdsSettings,
  params: RefreshJwtParams,
  context: ProviderContext,
  headers: Headers = {},
): Promise<PdsTokenInfo> {
  checkParams('refreshJwtToken', params, { needed: ['client_id', 'refresh_token'], optional: [] });
  const answer = await exchange(context, requestOf(settings, sdkForms.refreshJwtToken(params), headers));
  return infoOf('refreshJwtToken', answer, context);
}

/** @param user `undefined`: the service account of the domain. */
async function byAssertion(
  call: 'getUserJwtToken' | 'getServiceJwtToken',
  settings: PdsSettings,
  { client_id, private_key_pem, domain_id, subdomain_id }: ServiceJwtParams,
  user: UserJwtParams | undefined,
  context: ProviderContext,
): Promise<PdsTokenInfo> {
  const make = async (nowMs: number): Promise<ExchangeRequest> => {
    const claims = assertionClaims({
      clientId: client_id,
      domainId: domain_id,
      subject: user ? { type: 'user', userId: user.user_id, autoCreate: user.auto_create } : { type: 'service' },
      jti: randomHex(16),
      nowSeconds: Math.floor(nowMs / 1000),
    });
    const signed = `${base64Url(utf8(assertionHeader))}.${base64Url(utf8(assertionPayload(claims)))}`;
    const assertion = `${signed}.${await signRs256(private_key_pem, signed, `${call}: private_key_pem`)}`;
    return requestOf(settings, sdkForms[call]({ client_id, assertion, subdomain_id }));
  };
  // Which refusal means the time is not documented: a clock that proves to be wrong is reason enough.
  const answer = await exchangeTimed(context, make, ({ status }) => status >= 400 && status < 500);
  return infoOf(call, answer, context);
}

function requestOf(
  { endpoint }: PdsSettings,
  { path, contentType, body }: TokenRequest,
  headers: Headers = {},
): ExchangeRequest {
  const own = { accept: 'application/json', 'content-type': contentType };
  return { url: endpoint + path, method: 'POST', headers: { ...own, ...headers }, body };
}

function infoOf(call: string, answer: ExchangeAnswer, context: ProviderContext): PdsTokenInfo {
  const { status } = answer;
  if (status !== 200) {
    const vendorCode = vendorCodeOf(answer, answer.json);
    throw refusal(answer, context, { call, vendorCode, ...meaningOf(vendorCode) });
  }
  const info = readTokenInfo(answer.json);
  if (info) return info;
  // Whatever was spent is spent.
  const message = `${call}: the answer has no access_token`;
  throw new TokenError({ code: 'malformed_response', message, status, uncertain: true });
}
