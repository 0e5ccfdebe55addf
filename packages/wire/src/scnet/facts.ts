/**
 * Facts of the AccCloud open API of SCNet (scnet.cn), version 2.0.
 *
 * `doc` is the vendor's documentation (https://www.scnet.cn/ac/openapi/doc/2.0/, section "认证授权"), `copy` a public
 * transcription of it where a page could be read in part only, `observed` somebody's written observation of the live
 * service, `client` what public clients send or assume, `ours` a choice where nothing is published
 * (docs/dialects/scnet.md). All read on 2026-11-22.
 */

/** client: production. doc calls placeholder hosts only, and other installations have their own, so both can be set. */
export const bases = { ac: 'https://www.scnet.cn', api: 'https://api.scnet.cn' } as const;
export type Base = keyof typeof bases;

interface Operation {
  readonly method: 'GET' | 'POST';
  readonly base: Base;
  readonly path: string;
  /** How the envelope of the printed answer begins; a reader must not depend on it. */
  readonly first: 'code' | 'msg';
}

/**
 * doc: pages get-user-tokens, get-user-tokens-aksk, renewal-token, get-token-state, get-center-info and
 * userresource/get-common-user. There is none that revokes.
 */
export const operations = {
  passwordLogin: { method: 'POST', base: 'ac', path: '/ac/openapi/v2/tokens', first: 'msg' },
  accessKeyLogin: { method: 'POST', base: 'api', path: '/api/user/v3/tokens', first: 'msg' },
  renew: { method: 'POST', base: 'ac', path: '/ac/openapi/v2/tokens/next', first: 'msg' },
  state: { method: 'GET', base: 'ac', path: '/ac/openapi/v2/tokens/state', first: 'code' },
  center: { method: 'GET', base: 'ac', path: '/ac/openapi/v2/center', first: 'code' },
  user: { method: 'GET', base: 'ac', path: '/ac/openapi/v2/user', first: 'code' },
} as const satisfies Readonly<Record<string, Operation>>;
export type OperationName = keyof typeof operations;

/** doc, in the spelling of its tables; a sample there writes `orgid`: names of headers have no case. */
export const headerNames = {
  user: 'user',
  password: 'password',
  orgId: 'orgId',
  accessKey: 'accessKey',
  signature: 'signature',
  timestamp: 'timestamp',
  token: 'token',
} as const;
export type HeaderName = (typeof headerNames)[keyof typeof headerNames];

/** doc: what the samples send. OkHttp puts `; charset=utf-8` behind it, and some clients send no type at all. */
export const jsonMediaType = 'application/json';

/** doc: the row of the platform's own token, which is good for platform calls only (authentication, user resources). */
export const platformRegion = { clusterId: '0', clusterName: 'ac' } as const;

/**
 * doc: three of them in printed tokens, `Normal` on the user page. `Disable` (停用) is that of a row with `token: null`,
 * although one printed row has a token with it.
 */
export const accountStatuses = ['Normal', 'Trial', 'Owe', 'Disable'] as const;
export type AccountStatus = (typeof accountStatuses)[number];
export const disabledStatus: AccountStatus = 'Disable';

/** doc: the same in every printed token. */
export const tokenCreator = 'ac';
export const tokenRole = '1';

/** observed: `computeUser` of the platform's token. */
export const platformComputeUser = 'root';

/** doc, renewal-token: a token can be renewed until this long after it expired. The exact instant is not told. */
export const renewalWindowSeconds = 24 * 60 * 60;

/** ours. Clients assume 24 hours or 12; doc says nothing, `expireTime` decides. */
export const tokenLifetimeSeconds = 24 * 60 * 60;

/** ours: whatever is renewed, a login ends after this long. */
export const loginLifetimeSeconds = 30 * 24 * 60 * 60;

/** ours: how far the timestamp of an AK/SK login may be from the server's time, either way. */
export const timestampWindowSeconds = 5 * 60;

/** doc: `data` of a state answer; a client compares it to the letter. */
export const tokenIsValid = 'token is valid';

/** observed: `data` of a refusal of a token, whether forged or expired. */
export const tokenIsInvalid = 'token is invalid';
