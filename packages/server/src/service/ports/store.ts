/** A whole store: every part of it, and its life. */

import type { AuditStore } from './audit-store.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { GrantStore } from './grant-store.ts';
import type { KeyStore } from './key-store.ts';
import type { CodeStore, LoginStore } from './login-store.ts';
import type { RegionStore } from './region-store.ts';

export interface Store extends GrantStore, AuditStore, DirectoryStore, KeyStore, CodeStore, LoginStore, RegionStore {
  /** Throws `StoreUnavailable` when the store cannot be read. */
  ping(): Promise<void>;
  /** Commits whose caller still waits; for metrics and for refusing work when it grows too long. */
  readonly pending: number;
  /** So many commits wait that the next one would be refused. */
  readonly isBehind: boolean;
  /** Finishes what was taken, then closes. Calls after it throw `StoreUnavailable`. */
  close(): Promise<void>;
}
