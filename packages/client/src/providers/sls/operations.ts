/** CreateTicket and RefreshToken, with the parameters and results of the vendor's reference. */

import { operations, readAccessToken, readTicket } from '@hufu/wire/sls';
import { TokenError } from '../../core/errors.ts';
import { type ExchangeAnswer, refusal } from '../../core/exchange.ts';
import { checkNames, refuseGiven, textOf } from '../../core/given.ts';
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

const hints = {
  expiration_time: 'it is expirationTime',
  access_token_expiration_time: 'it is accessTokenExpirationTime',
};

export async function createTicket(
  settings: SlsSettings,
  params: CreateTicketParams,
  context: ProviderContext,
): Promise<CreateTicketResult> {
  const { name, parameters } = operations.createTicket;
  checkNames(name, params, parameters, hints);
  const query = queryOf(name, params);
  const answer = await ask(settings, operations.createTicket, query, context);
  const ticket = textIn(answer, 'ticket', name);
  const claims = readTicket(claimsOf(ticket) ?? {});
  return { ticket, expiresAtMs: claims && claims.exp * 1000, requestId: requestIdOf(answer) };
}

export async function refreshToken(
  settings: SlsSettings,
  params: RefreshTokenParams,
  context: ProviderContext,
): Promise<RefreshTokenResult> {
  const { name, parameters } = operations.refreshToken;
  checkNames(name, params, parameters, hints);
  const query: Query = [...queryOf(name, params), ['ticket', textOf(name, 'ticket', params.ticket)]];
  const answer = await ask(settings, operations.refreshToken, query, context);
  const accessToken = textIn(answer, 'accessToken', name);
  const claims = readAccessToken(claimsOf(accessToken) ?? {});
  return {
    accessToken,
    lifetimeMs: claims && (claims.exp - claims.iat) * 1000,
    expiresAtMs: claims && claims.exp * 1000,
    requestId: requestIdOf(answer),
  };
}

/** Ranges are the server's to say: another than the vendor's may have others. */
function queryOf(call: string, params: CreateTicketParams): Query {
  return (['accessTokenExpirationTime', 'expirationTime'] as const).flatMap((name) => {
    const seconds = params[name];
    if (seconds === undefined) return [];
    if (!Number.isSafeInteger(seconds) || seconds < 0) refuseGiven(call, `${name} is a whole number of seconds`);
    return [[name, String(seconds)] as const];
  });
}

async function ask(
  settings: SlsSettings,
  operation: Operation,
  query: Query,
  context: ProviderContext,
): Promise<ExchangeAnswer> {
  const make = (nowMs: number): ReturnType<typeof signedRequest> => signedRequest(settings, operation, query, nowMs);
  const answer = await exchangeTimed(context, make, (refused) => isTimeRefusal(member(refused, 'errorCode')));
  const { status } = answer;
  if (status === 200) return answer;
  const vendorCode = member(answer, 'errorCode');
  const code = tokenErrorCode(status, vendorCode, operation === operations.refreshToken);
  throw refusal(answer, context, { call: operation.name, code, vendorCode });
}

function textIn(answer: ExchangeAnswer, name: string, call: string): string {
  const text = member(answer, name);
  if (typeof text === 'string' && text !== '') return text;
  throw new TokenError({
    code: 'malformed_response',
    message: `${call}: the answer has no ${name}`,
    status: answer.status,
  });
}

function member({ json }: ExchangeAnswer, name: string): unknown {
  const members: Partial<Record<string, unknown>> = typeof json === 'object' && json !== null ? json : {};
  return members[name];
}

const requestIdOf = ({ headers }: ExchangeAnswer): string | undefined => headers.get('x-log-requestid') ?? undefined;
