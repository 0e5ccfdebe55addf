/** What the admin API is made of; the composition root brings it. */

import type { FastifyRequest } from 'fastify';
import type { KeyState, KeyTimes } from '../../core/keystate.ts';
import type { Hashing } from '../../core/proof.ts';
import type { Algorithm } from '../../core/token.ts';
import type { Registry } from '../../dialects/registry.ts';
import type { Administration } from '../../service/administration.ts';
import type { RequestContext } from '../../service/context.ts';
import type { Store } from '../../service/ports.ts';
import type { Usage } from '../../service/usage.ts';
import type { AdminRoute } from './route.ts';

/** A signing key without its private half. */
export interface KeyView extends KeyTimes {
  readonly id: string;
  readonly use: string;
  readonly algorithm: Algorithm;
  readonly state: KeyState;
  readonly createdAtMs: number;
}

/** As much of the key ring as an operator works with. */
export interface AdminKeyRing {
  list(): readonly KeyView[];
  /** Makes the successor of a use's signing key; `immediately` lets it sign at once instead of being published first. */
  rotate(
    use: string,
    request: {
      readonly requestId: string;
      readonly actor: string;
      readonly remote: string;
      readonly immediately: boolean;
    },
  ): Promise<{ readonly outcome: 'rotated' | 'conflict' | 'unknown_use' }>;
}

/** One option of the configuration as it is in effect. */
export interface OptionView {
  /** Such as `server.port`. */
  readonly path: string;
  /** `***` for secrets that are set; `null` where there is none. */
  readonly value: string | number | boolean | readonly string[] | null;
  /** `default`, `flag`, `environment NAME` or `file NAME`. */
  readonly origin: string;
}

export interface AdminParts extends Administration {
  readonly store: Store;
  readonly version: string;
  readonly startedAtMs: number;
  readonly hashing: Pick<Hashing, 'digestHex'>;
  readonly usage: Pick<Usage, 'unwritten'>;
  readonly ring: AdminKeyRing;
  readonly registry: Pick<Registry, 'dialects'>;
  /** Compares in constant time, with a keyed hash; `false` for everything where no admin token is set. */
  readonly isAdminToken: (token: string) => boolean;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly configView: () => readonly OptionView[];
  /** Takes work that no answer waits for, and the failure of it. */
  readonly background: (work: Promise<unknown>) => void;
  /** A mistake of ours, for the log. */
  readonly reportFailure: (requestId: string, error: unknown) => void;
  /** The emulator's routes, behind the same authentication and in the same description. A production server has none. */
  readonly moreRoutes?: readonly AdminRoute[] | undefined;
}
