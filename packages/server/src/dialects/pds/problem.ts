/** What is wrong with one parameter: the vendor's base code, the parameter as its suffix, and the documented words. */

import { type ErrorCode, messages, suffixedCode } from '@hufu/wire/pds';
import { refuse } from '../../core/reasons.ts';

const faultCodes = {
  invalid: 'InvalidParameter',
  empty: 'InvalidParameterEmpty',
  wrongFormat: 'InvalidParameterWrongFormat',
  notSupported: 'InvalidParameterNotSupported',
  missing: 'InvalidParameterMissing',
  notMatch: 'InvalidParameterNotMatch',
  outOfRange: 'InvalidParameterOutOfRange',
  expired: 'InvalidParameterExpired',
} as const satisfies Partial<Record<keyof typeof messages, ErrorCode>>;

export type Fault = keyof typeof faultCodes;

/** `missing` and `client_id` make `InvalidParameterMissing.ClientId` and its sentence. */
export const faultOf = (fault: Fault, parameter: string): { readonly code: string; readonly message: string } => ({
  code: suffixedCode(faultCodes[fault], parameter),
  message: messages[fault](parameter),
});

/**
 * A request that does not follow the form of PDS. `parameter` is a name of ours, never the caller's text: it goes to the
 * audit log.
 */
export const malformed = (fault: Fault, parameter: string, message?: string) => {
  const { code, message: documented } = faultOf(fault, parameter);
  return refuse({ code: 'request_malformed', problem: code, message: message ?? documented, detail: parameter });
};

/** The same for a code without a parameter. */
export const malformedRequest = (problem: ErrorCode, message: string, detail: string) =>
  refuse({ code: 'request_malformed', problem, message, detail });
