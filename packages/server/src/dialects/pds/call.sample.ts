/** Requests and outcomes for the tests of this folder. */

import type { Client } from '../../core/client.ts';
import type { Command } from '../../core/command.ts';
import { noProfile, type User } from '../../core/directory.ts';
import type { StoredGrant } from '../../core/grant.ts';
import type { Reason } from '../../core/reasons.ts';
import type { AnswerContext, WireRequest } from '../dialect.ts';
import { createPdsDialect, type PdsOptions } from './index.ts';

export const sampleNowMs = 1_647_844_401_789;

export interface SampleCall {
  readonly path: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly duplicateHeader?: string;
}

export const sampleRequest = (call: SampleCall): WireRequest => ({
  method: call.query === undefined ? 'POST' : 'GET',
  path: call.path,
  query: call.query ?? '',
  headers: call.headers ?? {},
  duplicateHeader: call.duplicateHeader,
  body: typeof call.body === 'object' ? call.body : new TextEncoder().encode(call.body ?? ''),
  bodyLengthKnown: true,
});

export const form = { 'content-type': 'application/x-www-form-urlencoded' } as const;
export const json = { 'content-type': 'application/json' } as const;

/** The command, without the speech that judges it. */
export function commandOf(call: SampleCall, options: Partial<PdsOptions> = {}): Record<string, unknown> {
  const parsed = createPdsDialect(options).parse(sampleRequest(call));
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.reason)}`);
  const { speech: _speech, ...rest } = parsed.command;
  return { ...rest };
}

export function speechOf(call: SampleCall, options: Partial<PdsOptions> = {}): Command['speech'] {
  const parsed = createPdsDialect(options).parse(sampleRequest(call));
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.reason)}`);
  return parsed.command.speech;
}

export function refusalOf(call: SampleCall, options: Partial<PdsOptions> = {}): Reason {
  const parsed = createPdsDialect(options).parse(sampleRequest(call));
  if (parsed.ok) throw new Error(`accepted as ${parsed.command.do}`);
  return parsed.reason;
}

/** Code of a request that does not follow the form. */
export function problemOf(call: SampleCall, options: Partial<PdsOptions> = {}): string {
  const reason = refusalOf(call, options);
  return reason.code === 'request_malformed' ? reason.problem : reason.code;
}

export const sampleContext = (path = '/v2/oauth/token', method = 'POST'): AnswerContext => ({
  requestId: '62383131A0B1C2D3E4F50617',
  nowMs: sampleNowMs,
  request: { method, path, headers: {} },
});

export const sampleGrant: StoredGrant = {
  id: '017fab84-91bd-4abc-8def-0123456789ab',
  dialect: 'pds',
  tenant: 'bj29',
  subject: 'u-1',
  accessKeyId: undefined,
  clientId: '25dzX3vbYqktVxyX',
  issuedAtMs: sampleNowMs,
  expiresAtMs: sampleNowMs + 90 * 86_400_000,
  renewByMs: sampleNowMs + 7 * 86_400_000,
  accessTokenLifetimeSeconds: 7200,
  binding: '25dzX3vbYqktVxyX none',
  scope: undefined,
  audience: undefined,
  revokedAtMs: undefined,
  generation: 3,
  rotatedAtMs: undefined,
  successorSeen: false,
  idempotencyKeyHash: undefined,
  useCount: 0,
  lastUsedAtMs: undefined,
  notBeforeMs: 0,
};

export const sampleUser: User = {
  tenant: 'bj29',
  id: 'u-1',
  name: '用户1',
  status: 'enabled',
  policy: [],
  createdAtMs: sampleNowMs,
  loginName: undefined,
  passwordHash: undefined,
  role: 'user',
  profile: noProfile,
  firstLoginAtMs: undefined,
};

export const sampleClient: Client = {
  id: '25dzX3vbYqktVxyX',
  tenant: 'bj29',
  name: 'app',
  status: 'enabled',
  createdAtMs: sampleNowMs,
  dialect: 'pds',
  type: 'JWT',
  authentication: 'none',
  secretHash: undefined,
  keys: [],
  grantTypes: ['jwt_bearer', 'refresh_token'],
  redirectUris: [],
  requiresPkce: false,
  scopes: [],
  isThirdParty: false,
  rotation: { rotates: true, retryWindowSeconds: undefined },
  permissions: [],
  resources: [],
};
