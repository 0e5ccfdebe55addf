/**
 * The five token requests of the official SDK, built as it sends them, and the reader of such forms.
 *
 * sdk 1.4.0: members in the order below, names as they are, values by `encodeURIComponent`, so a blank is `%20` and never
 * `+`. It differs here in one thing: a member that is `undefined` is left out, where the SDK would send that word.
 */

import { formMediaType, grantTypes, jsonMediaType, paths } from './facts.ts';

/** A `POST` without any `Authorization`. */
export interface TokenRequest {
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

export interface JwtParams {
  readonly client_id: string;
  readonly assertion: string;
  /** Sent only where it is not empty. */
  readonly subdomain_id?: string | undefined;
}

export interface CodeParams {
  readonly client_id: string;
  /** WebServer applications only. */
  readonly client_secret?: string | undefined;
  readonly redirect_uri: string;
  readonly code: string;
  /** Not documented; the SDK passes it on where the caller gives it. */
  readonly code_verifier?: string | undefined;
}

export interface RefreshParams {
  readonly client_id: string;
  /** WebServer applications only. */
  readonly client_secret?: string | undefined;
  /** The SDK's type asks for it; the vendor's other clients never send it on a refresh. */
  readonly redirect_uri?: string | undefined;
  readonly refresh_token: string;
}

export interface AccountRefreshParams {
  readonly client_id: string;
  readonly refresh_token: string;
}

type Member = readonly [name: string, value: string | undefined];

const form = (members: readonly Member[]): TokenRequest => ({
  path: paths.token,
  contentType: formMediaType,
  body: members
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&'),
});

const jwtForm = ({ client_id, assertion, subdomain_id }: JwtParams): TokenRequest =>
  form([
    ['grant_type', grantTypes.jwtBearer],
    ['client_id', client_id],
    ['assertion', assertion],
    ['subdomain_id', subdomain_id === '' ? undefined : subdomain_id],
  ]);

/**
 * By the names of the SDK's methods. A lone surrogate in a value throws `URIError`, as it does there.
 *
 * @example
 * sdkForms.refreshJwtToken({ client_id: '25dzX3vbYqktVxyX', refresh_token }).body;
 * // {"app_id":"25dzX3vbYqktVxyX","refresh_token":"…","grant_type":"refresh_token"}
 */
export const sdkForms = {
  getUserJwtToken: jwtForm,
  /** The same form: only the assertion tells a service account from a user. */
  getServiceJwtToken: jwtForm,
  getTokenByCode: ({ client_id, client_secret, redirect_uri, code, code_verifier }: CodeParams): TokenRequest =>
    form([
      ['client_id', client_id],
      ['client_secret', client_secret],
      ['redirect_uri', redirect_uri],
      ['code', code],
      ['code_verifier', code_verifier],
      ['grant_type', grantTypes.sdkCode],
    ]),
  refreshToken: ({ client_id, client_secret, redirect_uri, refresh_token }: RefreshParams): TokenRequest =>
    form([
      ['client_id', client_id],
      ['client_secret', client_secret],
      ['redirect_uri', redirect_uri],
      ['refresh_token', refresh_token],
      ['grant_type', grantTypes.refreshToken],
    ]),
  refreshJwtToken: ({ client_id, refresh_token }: AccountRefreshParams): TokenRequest => ({
    path: paths.accountToken,
    contentType: jsonMediaType,
    body: JSON.stringify({ app_id: client_id, refresh_token, grant_type: grantTypes.refreshToken }),
  }),
} as const;

export interface ParsedForm {
  /** The first value of each name. */
  readonly values: ReadonlyMap<string, string>;
  /** Names that stand more than once, each told once. */
  readonly duplicates: readonly string[];
  /** How many pieces are no `name=value`. Their text is not told: it may be part of a secret. */
  readonly malformed: number;
}

const memberName = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/**
 * Reads a form of the SDK or of the vendor's Tea clients, which send values without any encoding. Never throws.
 *
 * A `+` is itself: the SDK writes `%2B` for it, Tea the sign, and neither ever means a blank. A value that cannot be
 * decoded as a whole is taken as it stands.
 */
export function parseForm(body: string): ParsedForm {
  const values = new Map<string, string>();
  const duplicates = new Set<string>();
  let malformed = 0;
  for (const piece of body === '' ? [] : body.split('&')) {
    const at = piece.indexOf('=');
    const name = piece.slice(0, Math.max(at, 0));
    if (!memberName.test(name)) malformed += 1;
    else if (values.has(name)) duplicates.add(name);
    else values.set(name, decoded(piece.slice(at + 1)));
  }
  return { values, duplicates: [...duplicates], malformed };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
