/** Roles of those who come into being by an assertion (doc: JWT access, 175893; source: the SDK's own test). */

import { serviceRole } from '@hufu/wire/pds';

export const roles = { user: 'user', service: serviceRole } as const;
