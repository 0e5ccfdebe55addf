/** Requests and what stands behind a token, for the tests of this folder. */

import { operations } from '@hufu/wire/scnet';
import { noProfile, type User } from '../../core/directory.ts';
import type { StoredGrant } from '../../core/grant.ts';
import type { Membership } from '../../core/region.ts';
import type { AnswerContext, WireRequest } from '../dialect.ts';
import { createScnetDialect, type ScnetOptions } from './index.ts';

export const sampleNowMs = 1_764_597_591_789;
export const sampleOrgId = '6048ce7ba15c2af2e8cec12991ec13cf';

export type SampleOperation = keyof typeof operations;

export const sampleRequest = (
  operation: SampleOperation,
  headers: Readonly<Record<string, string>>,
  more: { readonly body?: string; readonly duplicateHeader?: string } = {},
): WireRequest => ({
  method: operations[operation].method,
  path: operations[operation].path,
  query: '',
  headers,
  duplicateHeader: more.duplicateHeader,
  body: Buffer.from(more.body ?? ''),
  bodyLengthKnown: more.body !== undefined,
});

export const sampleContext = (path: string, headers: WireRequest['headers'] = {}): AnswerContext => ({
  requestId: 'r',
  nowMs: sampleNowMs,
  request: { method: 'POST', path, headers },
});

/** A request as the dialect reads it. */
export const parsed = (
  operation: SampleOperation,
  headers: Readonly<Record<string, string>>,
  more: { readonly body?: string; readonly duplicateHeader?: string } = {},
  options: Partial<ScnetOptions> = {},
) => createScnetDialect(options).parse(sampleRequest(operation, headers, more));

export const sampleUser: User = {
  tenant: 't',
  id: '11655048541',
  name: '张三',
  status: 'enabled',
  policy: [],
  createdAtMs: 0,
  loginName: 'bob',
  passwordHash: undefined,
  role: 'user',
  profile: noProfile,
  firstLoginAtMs: 1,
};

export const sampleMembership: Membership = {
  region: {
    id: '11112',
    name: 'OpenAPI计算中心',
    description: '对外OpenAPI中心',
    status: 'enabled',
    services: '{"hpcUrls":[{"url":"https://hpc.example.com:65106/hpc"}]}',
    createdAtMs: 0,
  },
  account: {
    tenant: 't',
    userId: '11655048541',
    regionId: '11112',
    account: 'act0001',
    homePath: '/public/home/act0001',
    status: 'Normal',
  },
};

export const sampleGrant: StoredGrant = {
  id: '01938f2a-1234-4abc-8def-0123456789ab',
  dialect: 'scnet',
  tenant: 't',
  subject: sampleUser.id,
  accessKeyId: undefined,
  clientId: sampleOrgId,
  issuedAtMs: sampleNowMs,
  expiresAtMs: sampleNowMs + 30 * 86_400_000,
  renewByMs: sampleNowMs + 30 * 86_400_000,
  accessTokenLifetimeSeconds: 86_400,
  binding: undefined,
  scope: undefined,
  audience: '11112',
  revokedAtMs: undefined,
  generation: 0,
  rotatedAtMs: undefined,
  successorSeen: false,
  idempotencyKeyHash: undefined,
  useCount: 0,
  lastUsedAtMs: undefined,
  notBeforeMs: 0,
};
