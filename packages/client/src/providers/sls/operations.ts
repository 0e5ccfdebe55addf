/** CreateTicket and RefreshToken, with the parameters and results of the vendor's reference. */

import { operations } from '@hufu/wire/sls';
import { TokenError } from '../../core/errors.ts';
import { type ExchangeAnswer, refusal } from '../../core/exchange.ts';
import { refuse } from '../../core/given.ts';
import { claimsOf } from '../../core/jwt.ts';
import type { ProviderContext } from '../../core/provider.ts';
import { exchangeTimed } from '../../core/timed.ts';
import { isTimeRefusal, tokenErrorCode } from './errors.ts';
import type { SlsSettings } from './settings.ts';
import { type Operation, type Query, signedRequest } from './sign.ts';

export interface CreateTicketParams {
  /** Life of the ticket in seconds. Default 86 400, at most 2 592 000 (30 days). */
  readonly expirationTime?: number | undefined;
  /** Life of the access tokens that it gives, in seconds. Default and at most 86 400; the ticket's life cuts it. */
  readonly accessTokenExpirationTime?: number | undefined;
}

export interface CreateTicketResult {
  readonly ticket: string;
  /** Unix milliseconds by the server's clock; `undefined` where the ticket cannot be read. */
  readonly expiresAtMs: number | undefined;
  /** Names the call to the vendor's support. */
  readonly requestId: string | undefined;
}

export interface RefreshTokenParams {
  /** Of CreateTicket, and not over. */
  readonly ticket: string;
  /** Life of the access token in seconds. Default and at most 86 400; what is left of the ticket cuts it. */
  readonly accessTokenExpirationTime?: number | undefined;
}

export interface RefreshTokenResult {
  readonly accessToken: string;
  /** From its issue on; `undefined` where the token cannot be read. */
  readonly lifetimeMs: number | undefined;
  readonly expiresAtMs: number | undefined;
  readonly requestId: string | undefined;
}

export async function createTicket(
  settings: SlsSettings,
  params: CreateTicketParams,
  context: ProviderContext,
): Promise<CreateTicketResult> {
  const answer = await ask(settings, operations.createTicket, params, context);
  const ticket = textIn(answer, 'ticket');
  return { ticket, expiresAtMs: endOf(ticket).expiresAtMs, requestId: requestIdOf(answer) };
}

export async function refreshToken(
  settings: SlsSettings,
  params: RefreshTokenParams,
  context: ProviderContext,
): Promise<RefreshTokenResult> {
  const answer = await ask(settings, operations.refreshToken, params, context);
  const accessToken = textIn(answer, 'accessToken');
  return { accessToken, ...endOf(accessToken), requestId: requestIdOf(answer) };
}

/** By the claims of either JWT. */
function endOf(jwt: string): Pick<RefreshTokenResult, 'lifetimeMs' | 'expiresAtMs'> {
  const { exp, iat } = claimsOf(jwt) ?? {};
  const [endsMs, issuedMs] = [Number(exp) * 1000, Number(iat) * 1000];
  return Number.isFinite(endsMs - issuedMs)
    ? { lifetimeMs: endsMs - issuedMs, expiresAtMs: endsMs }
    : { lifetimeMs: undefined, expiresAtMs: undefined };
}

/** In the order of their names. Ranges are the server's to say: another than the vendor's may have others. */
function queryOf(parameters: readonly string[], params: object): Query {
  const given = new Map<string, unknown>(Object.entries(params));
  return parameters.flatMap((name) => {
    const value = given.get(name);
    if (value === undefined) return [];
    const isGood = name === 'ticket' || (Number.isSafeInteger(value) && Number(value) >= 0);
    return [[name, isGood ? String(value) : refuse(`${name} is no whole number of seconds`)]];
  });
}

async function ask(
  settings: SlsSettings,
  operation: Operation,
  params: object,
  context: ProviderContext,
): Promise<ExchangeAnswer> {
  const query = queryOf(operation.parameters, params);
  const make = (nowMs: number): ReturnType<typeof signedRequest> => signedRequest(settings, operation, query, nowMs);
  const answer = await exchangeTimed(context, make, (refused) => isTimeRefusal(member(refused, 'errorCode')));
  const { status } = answer;
  if (status === 200) return answer;
  const vendorCode = member(answer, 'errorCode');
  const code = tokenErrorCode(status, vendorCode, 'ticket' in params);
  throw refusal(answer, context, { call: operation.name, code, vendorCode });
}

function textIn(answer: ExchangeAnswer, name: string): string {
  const text = member(answer, name);
  if (typeof text === 'string' && text !== '') return text;
  throw new TokenError({ code: 'malformed_response', message: `the answer has no ${name}`, status: answer.status });
}

function member({ json }: ExchangeAnswer, name: string): unknown {
  const members: Partial<Record<string, unknown>> = typeof json === 'object' && json !== null ? json : {};
  return members[name];
}

const requestIdOf = ({ headers }: ExchangeAnswer): string | undefined => headers.get('x-log-requestid') ?? undefined;
