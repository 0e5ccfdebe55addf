/** What the exit code of every command says. Scripts rely on it: one is never given another meaning. */

export const exitCodes = {
  ok: 0,
  /** A check failed (`doctor`, `audit verify`, `migrate --check`, `tour`), or the command itself is wrong. */
  failed: 1,
  /** The command line, a file or a setting is not as it must be. */
  usage: 2,
  /** Nobody is logged in any more, or not yet; no admin token, or a wrong one. */
  loginNeeded: 3,
  /** The server cannot be reached, or does not answer now. */
  network: 4,
  /** The data folder is in use, or the store cannot be read or written. */
  store: 5,
  /** The server understood, and refuses. */
  refused: 6,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
