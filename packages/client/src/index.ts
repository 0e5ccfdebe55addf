/**
 * `@hufu/client`: tokens that stay fresh. The core has no dependency and runs in Node, browsers and at the edge; providers,
 * stores, locks and adapters are imports of their own.
 */

export { chain } from './core/chain.ts';
export { systemClock } from './core/clock.ts';
export { createTokenSource, type TokenSourceOptions } from './core/create.ts';
export { isTokenError, TokenError, type TokenErrorCode, type TokenErrorFacts } from './core/errors.ts';
export { type ExchangeAnswer, type ExchangeRequest, exchange, refusal } from './core/exchange.ts';
export { type FunctionOptions, fromFunction } from './core/from-function.ts';
export { identityKey } from './core/identity.ts';
export { keepWarm } from './core/keep-warm.ts';
export { memoryStore } from './core/memory-store.ts';
export { defaultPolicy, type Policy, type PolicyOptions } from './core/policy.ts';
export { processLock } from './core/process-lock.ts';
export { redacted } from './core/redact.ts';
export { tokenStore } from './core/sharing/token-store.ts';
export { keyHash } from './core/short-hash.ts';
export { staticToken } from './core/static-token.ts';
export type * from './core/types.ts';
