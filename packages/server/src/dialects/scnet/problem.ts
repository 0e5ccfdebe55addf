/** A request that does not follow the form of SCNet: its code, and the place for the audit log. The words follow from the path. */

import type { ErrorCode } from '@hufu/wire/scnet';
import { refuse } from '../../core/reasons.ts';

/** @param detail never holds what the caller sent. */
export const malformed = (problem: ErrorCode, detail: string) =>
  refuse({ code: 'request_malformed', problem, detail, message: '' });
