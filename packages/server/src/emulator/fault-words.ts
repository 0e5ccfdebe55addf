/** The refusal that a fault of a status answers with: in the words of whoever serves the path. */

import { STATUS_CODES } from 'node:http';
import type { Reason } from '../core/reasons.ts';
import type { AnswerContext, Dialect, TransportProblem, WireAnswer } from '../dialects/dialect.ts';
import type { Registry } from '../dialects/registry.ts';
import { adminErrors } from '../http/admin/errors.ts';
import { adminPrefix } from '../http/admin/index.ts';
import { loginPaths } from '../http/login/paths.ts';
import { chooseLanguage } from '../http/pages/language.ts';
import { problemPage } from '../http/pages/problem.ts';
import { plainAnswer } from '../http/plain-refusal.ts';

export interface StatusFault {
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

export function refusalWith(fault: StatusFault, registry: Registry, context: AnswerContext): WireAnswer {
  const { status, headers, body } = wordsOf(fault.status, registry, context);
  if (fault.retryAfterSeconds === undefined) return { status, headers, body };
  const others = headers.filter((_, at) => headers[at - (at % 2)]?.toLowerCase() !== 'retry-after');
  return { status, headers: [...others, 'retry-after', String(fault.retryAfterSeconds)], body };
}

function wordsOf(status: number, { dialects }: Registry, context: AnswerContext): WireAnswer {
  const { path } = context.request;
  const dialect = dialects.find(({ routes }) => routes.some((route) => route.path === path));
  if (dialect) return inWordsOf(dialect, status, context);
  const isPage =
    path.startsWith(loginPaths.login) || dialects.some(({ authorization }) => authorization?.path === path);
  if (isPage) return page(status, context);
  return path.startsWith(adminPrefix) ? adminAnswer(status, context) : plain(status, context);
}

type Refusable = Reason | TransportProblem;

const malformed = 'malformed_http';
const overloaded: Reason = { code: 'rate_limited', accessKeyId: '' };
const internal: Reason = { code: 'internal', detail: '' };
const busy: Reason = { code: 'temporarily_unavailable', detail: '' };
const tooSlow: Reason = { code: 'timed_out' };

/** What may bring each status, the most likely first. */
const causes: Readonly<Record<number, readonly Refusable[]>> = {
  401: [
    { code: 'client_authentication_failed', clientId: '' },
    { code: 'access_key_unknown', accessKeyId: '' },
    { code: 'credential_expired' },
  ],
  403: [
    { code: 'permission_denied', action: '', resource: '' },
    { code: 'account_disabled', tenant: '' },
    { code: 'client_not_permitted', clientId: '', permission: '' },
    overloaded,
  ],
  404: ['not_found'],
  405: ['method_not_allowed'],
  408: ['timed_out', tooSlow],
  413: ['body_too_large'],
  415: ['unreadable_content_type'],
  429: [overloaded],
  431: ['headers_too_large'],
  503: [busy, overloaded],
  504: [tooSlow],
};

/** The first cause that the dialect answers with this very status; else the first at all, under this status. */
function inWordsOf(dialect: Dialect, status: number, context: AnswerContext): WireAnswer {
  const answers = (causes[status] ?? [status < 500 ? malformed : internal]).map((cause) =>
    typeof cause === 'string' ? dialect.refuseTransport(cause, context) : dialect.refuse(cause, context),
  );
  const fitting = answers.find((answer) => answer.status === status) ?? answers[0];
  if (!fitting) throw new Error(`no cause is named for status ${status}`);
  return { ...fitting, status };
}

function page(status: number, { requestId, request }: AnswerContext): WireAnswer {
  const problem = status < 500 && status !== 429 ? 'request_not_readable' : 'unavailable';
  const language = chooseLanguage(request.headers['accept-language']);
  return { ...problemPage({ language, problem, requestId }), status };
}

function adminAnswer(status: number, { requestId }: AnswerContext): WireAnswer {
  const known = Object.entries(adminErrors).find(([, error]) => error.status === status);
  const [error, { meaning }] = known ?? ['internal', adminErrors.internal];
  const headers = ['content-type', 'application/json', 'cache-control', 'no-store', 'x-request-id', requestId];
  return { status, headers, body: JSON.stringify({ error, message: meaning, requestId }) };
}

function plain(status: number, { requestId }: AnswerContext): WireAnswer {
  const message = STATUS_CODES[status] ?? 'Unknown Error';
  return plainAnswer({ status, code: message.replace(/[^A-Za-z]/g, ''), message }, requestId);
}
