/** Wire facts of SCNet / AccCloud: what a server that speaks its token API and a client that calls it must agree on. */
export * from './account.ts';
export * from './center.ts';
export * from './claims.ts';
export * from './envelope.ts';
export * from './errors.ts';
export * from './facts.ts';
export * from './forms.ts';
export * from './header-text.ts';
export * from './regions.ts';
export * from './signature.ts';
