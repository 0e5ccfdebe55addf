/** What came of a request of a browser, for the log and the metrics beside its answer. */

import { loginDialect } from '../../core/browser-session.ts';
import type { Reason } from '../../core/reasons.ts';
import type { WireAnswer } from '../../dialects/dialect.ts';
import { recordRefusal } from '../../service/execute.ts';
import { problemPage } from '../pages/problem.ts';
import type { ProblemKind } from '../pages/words.ts';
import type { LoginParts } from './parts.ts';
import type { Visit } from './visit.ts';

export interface Served {
  readonly operation: string;
  /** `ok` or a reason code. */
  readonly outcome: string;
  readonly answer: WireAnswer;
}

/** When a browser may ask again, where the store could not answer. */
const retryAfterSeconds = 5;

/** A page that says why nothing came of it, with nothing to go on to. */
export function explained(
  { language, context: { requestId } }: Pick<Visit, 'language' | 'context'>,
  operation: string,
  { code }: Pick<Reason, 'code'>,
): Served {
  const problem = problemOf(code);
  const again = problem === 'unavailable' ? { retryAfterSeconds } : {};
  return { operation, outcome: code, answer: problemPage({ language, problem, requestId, ...again }) };
}

export const expired = ({ language }: Pick<Visit, 'language'>, operation: string): Served => ({
  operation,
  outcome: 'form_expired',
  answer: problemPage({ language, problem: 'form_expired' }),
});

/** A form that no browser sent from a page of ours, or sent too late. It leaves an audit event. */
export function refusedForm(
  parts: Pick<LoginParts, 'authorize'>,
  visit: Pick<Visit, 'language' | 'context'>,
  operation: string,
  detail: 'unreadable' | 'not from a page of ours',
): Served {
  const reason: Reason = { code: 'request_malformed', problem: 'form', detail, message: '' };
  recordRefusal(parts.authorize, loginDialect, operation, reason, visit.context);
  return detail === 'unreadable' ? explained(visit, operation, reason) : expired(visit, operation);
}

function problemOf(code: Reason['code']): ProblemKind {
  if (code === 'client_unknown') return 'unknown_client';
  if (code === 'redirect_uri_not_registered') return code;
  if (code === 'temporarily_unavailable' || code === 'timed_out' || code === 'internal') return 'unavailable';
  return 'request_not_readable';
}
