/**
 * The answer of every call, whether it went well or not: HTTP 200 and three members, `code` a text.
 * doc for the form; the order of members differs between pages, so that readers must not depend on it.
 */

import { type OperationName, operations } from './facts.ts';

/** doc. Some clients take a numeric 0 as well; nothing shows that it is ever sent. */
export const successCode = '0';
export const successMessage = 'success';

export interface Envelope {
  readonly code: string;
  readonly msg: string;
  /** A text or `null` where the call was refused (observed). */
  readonly data: unknown;
}

/** Compact JSON in the order of the operation's printed sample. */
export function successBody(operation: OperationName, data: unknown): string {
  const [code, msg] = [successCode, successMessage];
  switch (operations[operation].first) {
    case 'code':
      return JSON.stringify({ code, msg, data });
    case 'msg':
      return JSON.stringify({ msg, code, data });
  }
}

/** Reads an answer's body; `undefined` where it is no envelope, such as that of a gateway. Never throws. */
export function readEnvelope(body: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, msg, data = null } = value as Record<string, unknown>;
  if (typeof code !== 'string' && !Number.isSafeInteger(code)) return undefined;
  return { code: String(code), msg: typeof msg === 'string' ? msg : '', data };
}

export const isSuccess = ({ code }: Envelope): boolean => code === successCode;
