/** Outcome to HTTP: the envelope with 200, and what the gateway refuses by itself. */

import {
  type Account,
  accountData,
  type Center,
  centerData,
  errorBody,
  errorStatus,
  gatewayErrorBody,
  loginData,
  type OperationName,
  operations,
  successBody,
  tokenIsValid,
} from '@hufu/wire/scnet';
import type { InspectedOutcome, Outcome } from '../../core/outcome.ts';
import type { Membership } from '../../core/region.ts';
import type { AnswerContext, WireAnswer } from '../dialect.ts';
import type { ScnetError } from './errors.ts';
import { readServices } from './services.ts';

const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

export function answer(operation: string, outcome: Outcome, context: AnswerContext): WireAnswer {
  if (!isOperation(operation)) throw new Error(`SCNet has no operation ${operation}`);
  return json(200, successBody(operation, dataOf(operation, outcome)), context);
}

function dataOf(operation: OperationName, outcome: Outcome): unknown {
  switch (outcome.did) {
    case 'regions':
      return loginData(
        outcome.rows.map(({ id, name, token }) => ({ clusterId: id, clusterName: name, token: token ?? null })),
      );
    case 'token':
      return outcome.token;
    case 'inspected':
      if (operation === 'user') return accountOf(outcome);
      return operation === 'center' ? centerOf(outcome.membership) : tokenIsValid;
    case 'session':
    case 'ended':
    case 'client_key':
    case 'introspection':
      throw new Error(`SCNet has no words for ${outcome.did}`);
  }
}

function centerOf(membership: Membership | undefined): Center {
  if (!membership) throw new Error('the platform has no center');
  const { region, account } = membership;
  const { id, name, description } = region;
  const clusterUserInfo = { userName: account.account, homePath: account.homePath };
  // What was kept while the dialect was not served gets its defaults here.
  return centerData({
    id: Number(id),
    name,
    description,
    clusterUserInfo,
    ...readServices(JSON.parse(region.services)),
  });
}

/** Empty where nothing is known; nobody here keeps balances. */
const accountOf = ({ user, membership }: InspectedOutcome): Account => {
  const userName = user.loginName ?? user.id;
  return accountData({
    country: '',
    language: '',
    timeZone: '',
    address: '',
    userName,
    fullName: user.name,
    accountStatus: membership?.account.status ?? 'Normal',
    accountName: userName,
    accountBalance: '0.00',
    computerCenter: membership?.region.name ?? '',
  });
};

/** As much of a caller's own path as an answer repeats. */
const shownPathCharacters = 256;

export function refusal(error: ScnetError, context: AnswerContext): WireAnswer {
  switch (error.by) {
    case 'service':
      return json(errorStatus[error.code], errorBody(error.code, error.message, error.data), context);
    case 'gateway': {
      const { status, retryAfterSeconds } = error;
      const { path } = context.request;
      return json(status, gatewayErrorBody(status, path.slice(0, shownPathCharacters), context.nowMs), context, [
        ...(status === 405 ? ['allow', methodAt(path)] : []),
        ...(retryAfterSeconds === undefined ? [] : ['retry-after', String(retryAfterSeconds)]),
      ]);
    }
  }
}

/** RFC 9110, section 15.5.6 asks for it. */
const methodAt = (path: string): string =>
  Object.values(operations).find((operation) => operation.path === path)?.method ?? '';

/** A token is nobody's to keep between us and who asked. */
const json = (
  status: number,
  body: string,
  { requestId }: AnswerContext,
  more: readonly string[] = [],
): WireAnswer => ({
  status,
  headers: [
    'content-type',
    'application/json;charset=UTF-8',
    'cache-control',
    'no-store',
    'x-request-id',
    requestId,
    ...more,
  ],
  body,
});
