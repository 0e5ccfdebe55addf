/** Wire facts of standard OAuth 2.1. */
export * from './facts.ts';
