/** Names of the operations, for audit and metrics (tea: the functions of the interface definitions). */

export const operations = {
  token: 'Token',
  accountToken: 'AccountToken',
  accountRevoke: 'AccountRevoke',
  publicKey: 'GetPublicKey',
  authorize: 'Authorize',
} as const;
