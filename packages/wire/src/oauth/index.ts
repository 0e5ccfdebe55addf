/** Wire facts of standard OAuth 2.1. */
export * from './errors.ts';
export * from './facts.ts';
