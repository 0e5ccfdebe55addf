/** What the use cases of sessions need of the world. */

import type { Hashing } from '../core/proof.ts';
import type { TokenFormat } from '../core/token.ts';
import type { ClientCheck } from './authenticate-client.ts';
import type { People } from './people.ts';
import type { Assertions, Random, RefreshTokens, Signer, Store } from './ports.ts';
import type { Resources } from './resources.ts';
import type { Sightings } from './sightings.ts';

export interface SessionUseParts {
  readonly clientCheck: ClientCheck;
  readonly store: Store;
  readonly people: People;
  readonly resources: Resources;
  readonly sightings: Sightings;
  readonly signer: Signer;
  readonly refreshTokens: RefreshTokens;
  readonly assertions: Assertions;
  readonly hashing: Hashing;
  readonly random: Random;
  /** Every kind of token of every dialect, for introspection. */
  readonly formats: readonly TokenFormat[];
  readonly background: (work: Promise<unknown>) => void;
}
