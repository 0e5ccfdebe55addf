/** The ticket of a token of SLS. */

import { TokenError } from '../../core/errors.ts';
import { claimsOf } from '../../core/jwt.ts';
import type { Token } from '../../core/types.ts';
import { rfc3339 } from '../formats/instant.ts';

export interface TicketFacts {
  /** Secret. */
  readonly ticket: string;
  /** RFC 3339; `null` where the ticket does not say. */
  readonly expiresAt: string | null;
}

export function ticketOf({ extra }: Pick<Token, 'extra'>): TicketFacts {
  const { ticket } = extra;
  if (typeof ticket !== 'string') {
    throw new TokenError({ code: 'malformed_response', message: 'there is no ticket beside the token' });
  }
  const { exp } = claimsOf(ticket) ?? {};
  return { ticket, expiresAt: typeof exp === 'number' ? rfc3339(exp * 1000) : null };
}
