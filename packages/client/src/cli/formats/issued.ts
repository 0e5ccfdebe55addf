/** What a format is made of. */

import type { Token } from '../../core/token.ts';

export interface Issued {
  readonly profile: string;
  /** `Provider.id`. */
  readonly provider: string;
  readonly token: Token;
}
