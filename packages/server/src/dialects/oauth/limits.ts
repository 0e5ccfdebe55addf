/** Longest texts that are taken from a request, in characters. None of them is near what a client has reason to send. */

export const longest = {
  clientId: 256,
  scope: 1024,
  resource: 1024,
  idempotencyKey: 255,
  loginHint: 320,
  /** Of the `jti` of an assertion. */
  jti: 256,
} as const;
