/** A request that does not follow the form of SLS: the code and the words of the answer. */

import type { ErrorCode } from '@hufu/wire/sls';
import { refuse } from '../../core/reasons.ts';

/**
 * @param message goes to the caller and may repeat what they sent.
 * @param detail goes to the audit log and names the place only.
 */
export const malformed = (problem: ErrorCode, message: string, detail: string = message) =>
  refuse({ code: 'request_malformed', problem, message, detail });

/** As much of a caller's own text as an answer repeats. */
export const excerpt = (text: string): string => (text.length > 128 ? `${text.slice(0, 128)}...` : text);
