/**
 * The six requests, built as the documented samples send them, and the readers of their headers. Everything that a call
 * says stands in headers; there is no query, and the body is empty.
 */

import { type ErrorCode, errorCodes } from './errors.ts';
import { type Base, type HeaderName, headerNames, jsonMediaType, type OperationName, operations } from './facts.ts';
import { headerText, headerValue } from './header-text.ts';
import { readSignature, readTimestamp } from './signature.ts';

/** A request without a body. */
export interface ScnetRequest {
  readonly method: 'GET' | 'POST';
  /** Which of the two `bases` it goes to. */
  readonly base: Base;
  readonly path: string;
  /** Names and values for `fetch` or Node, one code unit a byte. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface PasswordLogin {
  readonly user: string;
  /** In clear text, as the vendor has it: only TLS hides it. */
  readonly password: string;
  /** Given to a third party by the platform. */
  readonly orgId: string;
}

export interface AccessKeyLogin {
  readonly user: string;
  readonly accessKey: string;
  /** 64 digits of hex. */
  readonly signature: string;
  /** Unix seconds as decimal text: what was signed. */
  readonly timestamp: string;
}

const json = { 'Content-Type': jsonMediaType };

function request(operation: OperationName, headers: Readonly<Record<string, string>>): ScnetRequest {
  const { method, base, path } = operations[operation];
  return { method, base, path, headers };
}

function carried(values: Readonly<Partial<Record<HeaderName, string>>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, headerValue(name, text)]));
}

/**
 * By the names of `operations`. Each throws `RangeError` where a header cannot carry a value.
 *
 * @example
 * const { method, base, path, headers } = requests.renew(token);
 * await fetch(bases[base] + path, { method, headers });
 */
export const requests = {
  passwordLogin: ({ user, password, orgId }: PasswordLogin): ScnetRequest =>
    request('passwordLogin', { ...json, ...carried({ user, password, orgId }) }),
  accessKeyLogin: ({ user, accessKey, signature, timestamp }: AccessKeyLogin): ScnetRequest =>
    request('accessKeyLogin', carried({ user, accessKey, signature, timestamp })),
  renew: (token: string): ScnetRequest => request('renew', { ...json, ...carried({ token }) }),
  state: (token: string): ScnetRequest => request('state', carried({ token })),
  center: (token: string): ScnetRequest => request('center', { ...json, ...carried({ token }) }),
  user: (token: string): ScnetRequest => request('user', carried({ token })),
} as const satisfies Readonly<Record<OperationName, (...given: never) => ScnetRequest>>;

/** Header names in any case, values as they came. A name that came twice is for the caller to refuse. */
export type ReceivedHeaders = Readonly<Record<string, string | undefined>>;

/** What a request says, or the code that refuses it and the header that is at fault. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ErrorCode; readonly header: HeaderName };

const refused = (code: ErrorCode, header: HeaderName): Reading<never> => ({ ok: false, code, header });

/** Absent and empty are the same: parameters incomplete. Two spellings of one name are not: which one counts? */
function read(headers: ReceivedHeaders, name: HeaderName): Reading<string> {
  const wanted = name.toLowerCase();
  let found = '';
  for (const key in headers) {
    if (key.length !== wanted.length || key.toLowerCase() !== wanted) continue;
    const value = headers[key];
    if (!value) continue;
    if (found !== '') return refused(errorCodes.invalid, name);
    found = value;
  }
  return found === '' ? refused(errorCodes.incomplete, name) : { ok: true, value: found };
}

export function readPasswordLogin(headers: ReceivedHeaders): Reading<PasswordLogin> {
  const user = read(headers, headerNames.user);
  if (!user.ok) return user;
  const password = read(headers, headerNames.password);
  if (!password.ok) return password;
  const orgId = read(headers, headerNames.orgId);
  if (!orgId.ok) return orgId;
  return {
    ok: true,
    value: { user: headerText(user.value), password: headerText(password.value), orgId: headerText(orgId.value) },
  };
}

export interface ReceivedAccessKeyLogin extends AccessKeyLogin {
  readonly unixSeconds: number;
}

/** The signature comes in lower case. Whether it holds, and whether the time is near, is not looked at. */
export function readAccessKeyLogin(headers: ReceivedHeaders): Reading<ReceivedAccessKeyLogin> {
  const user = read(headers, headerNames.user);
  if (!user.ok) return user;
  const accessKey = read(headers, headerNames.accessKey);
  if (!accessKey.ok) return accessKey;
  const sent = read(headers, headerNames.signature);
  if (!sent.ok) return sent;
  const timestamp = read(headers, headerNames.timestamp);
  if (!timestamp.ok) return timestamp;
  const signature = readSignature(sent.value);
  if (signature === undefined) return refused(errorCodes.invalid, headerNames.signature);
  const unixSeconds = readTimestamp(timestamp.value);
  if (unixSeconds === undefined) return refused(errorCodes.invalid, headerNames.timestamp);
  const names = { user: headerText(user.value), accessKey: headerText(accessKey.value) };
  return { ok: true, value: { ...names, signature, timestamp: timestamp.value, unixSeconds } };
}

/** The token of `renew`, `state`, `center` and `user`, as it came: whether it is one is not looked at. */
export const readTokenHeader = (headers: ReceivedHeaders): Reading<string> => read(headers, headerNames.token);

/** client: none, or an empty JSON object. */
export const isEmptyBody = (body: string): boolean => /^\s*(?:\{\s*\}\s*)?$/.test(body);
