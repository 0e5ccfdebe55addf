/** Every interface of the client in one place: what providers, stores, locks and adapters are written against. */

export type { Clock, SleepOptions } from './clock.ts';
export type { Codec } from './codec.ts';
export type { RefreshReason, TokenEvent, TokenEvents, TokenEventType } from './events.ts';
export type { Lease, Lock, LockOptions } from './lock.ts';
export type { FetchInit, FetchLike, FetchResponse, Json, JsonObject, Signal, SignalShape } from './platform.ts';
export type { AnswerFacts, Grant, Provider, ProviderContext, ProviderTraits } from './provider.ts';
export type { Token, TokenFields } from './token.ts';
export type { GetTokenOptions, SourceState, SourceStatus, TokenSource } from './token-source.ts';
export type {
  Cooldown,
  Intent,
  StoreMethods,
  TokenRecord,
  TokenStore,
  Tombstone,
  WriteCondition,
} from './token-store.ts';
