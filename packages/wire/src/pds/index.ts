/** Wire facts of Alibaba Cloud PDS: what a server that speaks it and a client that calls it must agree on. */
export * from './assertion.ts';
export * from './claims.ts';
export * from './errors.ts';
export * from './facts.ts';
export * from './forms.ts';
export * from './token.ts';
