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

/** What a confidential client may ask of the server beside its own tokens. */
export type ClientPermission = 'introspect' | 'revoke';

/** An application that authenticates with a secret (RFC 6749, section 2.1). */
export interface Client {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly status: Status;
  /** Keyed hash of the client secret. */
  readonly secretHash: string;
  readonly permissions: readonly ClientPermission[];
  readonly createdAtMs: number;
}
