/** A request that does not follow the form of OAuth: the code and the words of the answer. */

import type { OAuthErrorCode } from '@hufu/wire/oauth';
import { type Refusal, refuse } from '../../core/reasons.ts';

/** @param message a fixed text: nothing that a caller sent goes into an answer of OAuth. */
export const malformed = (problem: OAuthErrorCode, message: string): Refusal =>
  refuse({ code: 'request_malformed', problem, message, detail: message });
