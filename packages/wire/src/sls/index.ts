/** Wire facts of Alibaba Cloud SLS: what a server that speaks it and a client that calls it must agree on. */
export * from './claims.ts';
export * from './console.ts';
export * from './errors.ts';
export * from './facts.ts';
export * from './signature.ts';
