/** A token source over any function that gets a token: what a program has today becomes fresh, shared and storm-proof. */

import { createTokenSource, type TokenSourceOptions } from './create.ts';
import { TokenError } from './errors.ts';
import type { ProviderContext } from './provider.ts';
import type { TokenFields } from './token.ts';
import type { TokenSource } from './token-source.ts';

export interface FunctionOptions extends Omit<TokenSourceOptions, 'provider'> {
  /** What the token is for, where the store is shared. Default: `function`. */
  readonly key?: string;
}

export interface FunctionToken extends TokenFields {
  /** Its end as unix milliseconds or a `Date`, in place of `expiresAtMs`. */
  readonly expiresAt?: number | Date | undefined;
}

/** @example fromFunction(async () => ({ token: await login(), lifetimeMs: 3_600_000 })) */
export function fromFunction(
  get: (context: ProviderContext) => Promise<string | FunctionToken>,
  { key = 'function', ...options }: FunctionOptions = {},
): TokenSource {
  return createTokenSource({
    ...options,
    provider: {
      id: 'function',
      kind: 'function',
      traits: { rotates: 'no' },
      key: () => key,
      acquire: async (context) => ({ token: fieldsOf(await get(context)) }),
    },
  });
}

function fieldsOf(got: string | FunctionToken): TokenFields {
  const { expiresAt, ...fields } = typeof got === 'string' ? { token: got } : got;
  const refuse = (message: string): never => {
    throw new TokenError({ code: 'malformed_response', message: `fromFunction: ${message}` });
  };
  if (typeof fields.token !== 'string' || fields.token === '') refuse('the function gave no token');
  if (expiresAt === undefined) return fields;
  const expiresAtMs = Number(expiresAt);
  return Number.isFinite(expiresAtMs) ? { ...fields, expiresAtMs } : refuse('expiresAt is no instant');
}
