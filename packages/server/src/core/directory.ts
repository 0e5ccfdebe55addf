/** The people, machines and applications that a server knows. */

import type { PermissionPolicy } from './permission.ts';

export type Status = 'enabled' | 'disabled';

/** An Alibaba Cloud account, a PDS domain, a customer. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly createdAtMs: number;
}

export interface User {
  readonly tenant: string;
  /** Unique within the tenant. */
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly policy: PermissionPolicy;
  readonly createdAtMs: number;
  /** What the user types to log in; unique within the tenant. `undefined` for users who never do. */
  readonly loginName: string | undefined;
  /** Argon2id in PHC form. `undefined` for users without a password. */
  readonly passwordHash: string | undefined;
  /** A word of the dialects, such as `user` or `superadmin`. */
  readonly role: string;
  readonly profile: UserProfile;
  /** When the first session of this user was opened. */
  readonly firstLoginAtMs: number | undefined;
}

/** What a token answer tells about a user; empty texts where nothing is known. */
export interface UserProfile {
  readonly nickName: string;
  readonly avatar: string;
  readonly driveId: string;
  readonly sandboxDriveId: string;
  /** The user's own JSON object, as text. */
  readonly data: string;
}

export const noProfile: UserProfile = { nickName: '', avatar: '', driveId: '', sandboxDriveId: '', data: '{}' };

/** What an operator may change about a user; members that are absent stay. */
export interface UserChange {
  readonly name?: string | undefined;
  readonly status?: Status | undefined;
  readonly policy?: PermissionPolicy | undefined;
  readonly loginName?: string | undefined;
  readonly passwordHash?: string | undefined;
  readonly role?: string | undefined;
  readonly profile?: UserProfile | undefined;
}

/** An AccessKey pair of a user; temporary ones carry a security token and an end. */
export interface AccessKey {
  readonly id: string;
  readonly tenant: string;
  readonly userId: string;
  readonly status: Status;
  /** The secret, sealed under the master key and bound to `id`. */
  readonly sealedSecret: Uint8Array;
  /** Keyed hash of the security token; `undefined` for lasting keys. */
  readonly securityTokenHash: string | undefined;
  readonly expiresAtMs: number | undefined;
  readonly createdAtMs: number;
}

/** What one lookup by AccessKey id finds. */
export interface AccessKeyHolder {
  readonly accessKey: AccessKey;
  readonly user: User;
  readonly tenant: Tenant;
}

/** A protected resource (RFC 8707): what access tokens are for. */
export interface Resource {
  readonly tenant: string;
  /** Absolute URI without a fragment; unique within the tenant. */
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  /** `jwt` can be checked offline (RFC 9068); `opaque` by introspection only. */
  readonly accessTokens: 'jwt' | 'opaque';
  /** Scopes that its tokens may carry; empty for every scope. */
  readonly scopes: readonly string[];
  readonly createdAtMs: number;
}

/** That a user allowed a third-party application what it asked for. */
export interface Consent {
  readonly tenant: string;
  readonly subject: string;
  readonly clientId: string;
  /** Scopes, separated by blanks. */
  readonly scope: string;
  readonly grantedAtMs: number;
}
