/** The two halves of the flat tuple `CreateGrant`. */

import type { CreateGrant, EventRow, GrantRow } from './operations.ts';

const grantColumns = 18;

// `slice` forgets what each place holds; `CreateGrant` states it.
export const grantOf = (create: CreateGrant): GrantRow => create.slice(1, 1 + grantColumns) as unknown as GrantRow;

export const eventOf = (create: CreateGrant): EventRow => create.slice(1 + grantColumns) as unknown as EventRow;
