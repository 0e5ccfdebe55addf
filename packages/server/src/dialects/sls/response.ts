/** Outcome to HTTP: bodies and header sets as in the vendor's printed samples (2024-10-30). */

import { errorBody, errorStatus, operations } from '@hufu/wire/sls';
import type { Outcome } from '../../core/outcome.ts';
import { unixSeconds } from '../../core/time.ts';
import type { AnswerContext, WireAnswer } from '../dialect.ts';
import type { SlsError } from './errors.ts';

export function answer(operation: string, outcome: Outcome, context: AnswerContext, serverHeader: string): WireAnswer {
  if (outcome.did !== 'token') throw new Error(`SLS has no words for ${outcome.did}`);
  const member = operation === operations.createTicket.name ? 'ticket' : 'accessToken';
  return { status: 200, headers: headers(context, serverHeader), body: `{"${member}":"${outcome.token}"}` };
}

export function refusal(error: SlsError, context: AnswerContext, serverHeader: string): WireAnswer {
  return {
    status: errorStatus[error.code],
    headers: headers(context, serverHeader),
    body: errorBody(error.code, error.message),
  };
}

const headers = (context: AnswerContext, serverHeader: string): readonly string[] => [
  'content-type',
  'application/json',
  'access-control-allow-origin',
  '*',
  'server',
  serverHeader,
  'vary',
  'Accept-Encoding',
  'x-log-time',
  String(unixSeconds(context.nowMs)),
  'x-log-requestid',
  context.requestId,
];
