/** The calls of the vendor's section on authentication. */

import {
  type Account,
  isSuccess,
  type OperationName,
  type RegionRow,
  type RegionServices,
  readAccountData,
  readCenterData,
  readEnvelope,
  readLoginData,
  requests,
  type ScnetRequest,
  sign,
  timestampText,
} from '@hufu/wire/scnet';
import { hex } from '../../core/crypto/bytes.ts';
import { hmacSha256 } from '../../core/crypto/hmac.ts';
import { isTokenError, TokenError } from '../../core/errors.ts';
import { type ExchangeAnswer, type ExchangeRequest, exchange, refusal } from '../../core/exchange.ts';
import { refuse } from '../../core/given.ts';
import type { ProviderContext } from '../../core/provider.ts';
import { exchangeTimed } from '../../core/timed.ts';
import { tokenErrorCode } from './errors.ts';
import type { ScnetSettings } from './settings.ts';

type TokenOperation = Exclude<OperationName, 'passwordLogin' | 'accessKeyLogin'>;

/** One row for each region that the user may use, and the platform's own. */
export async function login(settings: ScnetSettings, context: ProviderContext): Promise<readonly RegionRow[]> {
  const { login: who } = settings;
  const make = async (nowMs: number): Promise<ExchangeRequest> => {
    if (!('accessKey' in who)) return requestOf(settings, () => requests.passwordLogin(who));
    const { user, accessKey, secretKey } = who;
    const signed = { user, accessKey, timestamp: timestampText(nowMs / 1000) };
    const signature = await sign(secretKey, signed, async (key, text) => hex(await hmacSha256(key, text)));
    return requestOf(settings, () => requests.accessKeyLogin({ ...signed, signature }));
  };
  // Which code means the time is not documented: a clock that proves to be wrong is reason enough.
  const answer = await exchangeTimed(context, make, ({ text }) => !isGood(text));
  return read(readLoginData(dataOf('login', answer, context, 'login')), 'login');
}

/** The next token of a region or of the platform, until 24 hours after the old one's end. */
export const renew = async (settings: ScnetSettings, token: string, context: ProviderContext): Promise<string> => {
  const next = await show(settings, 'renew', token, context);
  return read(typeof next === 'string' && next !== '' ? next : undefined, 'renew');
};

/** Whether the token holds. */
export async function state(settings: ScnetSettings, token: string, context: ProviderContext): Promise<boolean> {
  try {
    await show(settings, 'state', token, context);
    return true;
  } catch (error) {
    if (isTokenError(error, 'invalid_grant')) return false;
    throw error;
  }
}

/** The region of the token, and where its services are. */
export const center = async (
  settings: ScnetSettings,
  token: string,
  context: ProviderContext,
): Promise<RegionServices> => read(readCenterData(await show(settings, 'center', token, context)), 'center');

/** The platform's view of the user. */
export const user = async (settings: ScnetSettings, token: string, context: ProviderContext): Promise<Account> =>
  read(readAccountData(await show(settings, 'user', token, context)), 'user');

async function show(
  settings: ScnetSettings,
  operation: TokenOperation,
  token: string,
  context: ProviderContext,
): Promise<unknown> {
  const answer = await exchange(
    context,
    requestOf(settings, () => requests[operation](token)),
  );
  return dataOf(operation, answer, context, 'token');
}

/** Names and passwords that no header carries are refused where the request is made, and never told. */
function requestOf(settings: ScnetSettings, make: () => ScnetRequest): ExchangeRequest {
  try {
    const { method, base, path, headers } = make();
    return { url: settings.bases[base] + path, method, headers };
  } catch (error) {
    return refuse(error instanceof RangeError ? error.message : 'the request cannot be made');
  }
}

const isGood = (text: string): boolean => {
  const envelope = readEnvelope(text);
  return envelope !== undefined && isSuccess(envelope);
};

function dataOf(
  call: string,
  answer: ExchangeAnswer,
  context: ProviderContext,
  credential: 'login' | 'token',
): unknown {
  const envelope = readEnvelope(answer.text);
  // A gateway's error has no envelope; the status says what it is.
  if (!envelope || answer.status !== 200) throw refusal(answer, context, { call });
  const { code: vendorCode, data } = envelope;
  if (isSuccess(envelope)) return data;
  throw refusal(answer, context, { call, code: tokenErrorCode(vendorCode, credential), vendorCode });
}

function read<Value>(value: Value | undefined, call: string): Value {
  if (value !== undefined) return value;
  throw new TokenError({ code: 'malformed_response', message: `${call}: the answer is of another form` });
}
