/** GET of a dialect's authorization endpoint: where an application sends a browser. */

import { refuse } from '../../core/reasons.ts';
import type { AuthorizationCodec, Dialect } from '../../dialects/dialect.ts';
import { recordRefusal } from '../../service/execute.ts';
import { readFlow } from './flow.ts';
import type { LoginParts } from './parts.ts';
import { explained, type Served } from './served.ts';
import { proceed } from './show.ts';
import type { Visit } from './visit.ts';

export async function serveAuthorization(
  parts: LoginParts,
  dialect: Dialect & { readonly authorization: AuthorizationCodec },
  visit: Visit,
): Promise<Served> {
  const { name, authorization } = dialect;
  const { request, context } = visit;
  const flow =
    request.query.length > parts.options.queryLimitBytes
      ? tooLong(parts.options.queryLimitBytes)
      : readFlow(parts.registry, request, { dialect: name, query: request.query });
  if (flow.ok) return proceed(parts, visit, flow.value);
  recordRefusal(parts.authorize, name, undefined, flow.reason, context);
  return explained(visit, authorization.path, flow.reason);
}

const tooLong = (limitBytes: number) =>
  refuse({
    code: 'request_malformed',
    problem: 'query_too_long',
    detail: `query above ${limitBytes} bytes`,
    message: '',
  });
