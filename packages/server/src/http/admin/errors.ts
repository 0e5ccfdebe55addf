/** Refusals of the admin API: one shape, `{ "error", "message", "requestId" }`, and a closed list of codes. */

import { z } from 'zod';
import { NotAllowed, NotFound } from '../../service/administration.ts';
import {
  AlreadyExists,
  ClientKeyUnreadable,
  CursorInvalid,
  OwnerMissing,
  StoreUnavailable,
} from '../../service/ports.ts';

/** Codes are part of the API: one is never renamed, and a retired one is not used again. docs/errors.md lists them too. */
export const adminErrors = {
  invalid_request: {
    status: 400,
    meaning: 'A member, parameter or the JSON itself is not as described, or asks for what cannot be.',
  },
  unauthorized: { status: 401, meaning: 'The bearer token is missing or is not the admin token.' },
  not_found: { status: 404, meaning: 'What the path or the request names is not there.' },
  method_not_allowed: { status: 405, meaning: 'The path is served by another method.' },
  already_exists: { status: 409, meaning: 'The id, or the login name, is taken.' },
  conflict: { status: 409, meaning: 'Somebody else made a competing change first: look, then try again.' },
  body_too_large: { status: 413, meaning: 'The body is larger than 64 KiB.' },
  unsupported_media_type: { status: 415, meaning: 'The body is not application/json.' },
  internal: { status: 500, meaning: 'A mistake of the server; its log has the request id.' },
  temporarily_unavailable: { status: 503, meaning: 'The store cannot answer now: try again.' },
} as const;

export type AdminErrorCode = keyof typeof adminErrors;

export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly code: AdminErrorCode;

  constructor(code: AdminErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Characters of a message at most: it may repeat names of the request. */
const maxMessageCharacters = 500;

const cut = (message: string): string => message.slice(0, maxMessageCharacters);

/** What a thrown thing is to the caller. Only `internal` hides its words. */
export function adminErrorOf(thrown: unknown): AdminError {
  if (thrown instanceof AdminError) return thrown;
  if (thrown instanceof NotFound) return new AdminError('not_found', thrown.message);
  if (thrown instanceof NotAllowed) return new AdminError('invalid_request', cut(thrown.message));
  if (thrown instanceof ClientKeyUnreadable) {
    return new AdminError('invalid_request', `body.publicKey: ${thrown.message}`);
  }
  if (thrown instanceof AlreadyExists) {
    return new AdminError('already_exists', 'the id, or the login name, is taken');
  }
  if (thrown instanceof OwnerMissing)
    return new AdminError('not_found', 'the tenant, the user or the region is not there');
  if (thrown instanceof CursorInvalid)
    return new AdminError('invalid_request', 'query.after: no page has named this one');
  if (thrown instanceof StoreUnavailable)
    return new AdminError('temporarily_unavailable', 'the store cannot answer now');
  return new AdminError(transportCode(thrown) ?? 'internal', transportMessage(thrown) ?? 'a mistake of the server');
}

/** What Fastify noticed before the route ran. */
function transportCode(thrown: unknown): AdminErrorCode | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body_too_large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'unsupported_media_type';
  const isClients = thrown instanceof Error && 'statusCode' in thrown && thrown.statusCode === 400;
  return isClients ? 'invalid_request' : undefined;
}

function transportMessage(thrown: unknown): string | undefined {
  const code = transportCode(thrown);
  if (code === 'invalid_request') return 'the body is not JSON';
  return code === undefined ? undefined : adminErrors[code].meaning;
}

/** Where each problem is, and what is wrong there. Values are not repeated. */
export function invalidRequest(place: string, error: z.ZodError): AdminError {
  const problems = error.issues.map((issue) => {
    const path = [place, ...issue.path.map(String)].join('.');
    return `${path}: ${issue.code === 'unrecognized_keys' ? unknownMembers(issue) : issue.message}`;
  });
  return new AdminError('invalid_request', cut(problems.join('; ')));
}

/** A schema's own words where it has some, as the policy's has. */
function unknownMembers(issue: z.core.$ZodIssueUnrecognizedKeys): string {
  return issue.message.startsWith('Unrecognized key') ? `unknown member ${issue.keys.join(', ')}` : issue.message;
}

export const errorShape = z
  .object({
    error: z.enum(Object.keys(adminErrors) as [AdminErrorCode, ...AdminErrorCode[]]),
    message: z.string(),
    requestId: z.string(),
  })
  .meta({ id: 'Error' });
