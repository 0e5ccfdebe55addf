/** What a failure to get a token means for whoever typed the command. */

import { isTokenError, type TokenError } from '../core/errors.ts';
import { type ExitCode, exitCodes } from './terminal/exit-codes.ts';
import { CliError } from './terminal/failure.ts';

/** `undefined` for errors of others. @param name of the profile: stands before the sentence. */
export function tokenFailure(thrown: unknown, name?: string): CliError | undefined {
  if (!isTokenError(thrown)) return undefined;
  const { code, message } = thrown;
  return new CliError(exitCodeOf(thrown), code, name === undefined ? message : `${name}: ${message}`);
}

function exitCodeOf({ code, status }: TokenError): ExitCode {
  switch (code) {
    case 'invalid_grant':
    case 'rotation_lost':
    case 'reauth_required':
    case 'interaction_required':
    // Somebody logged out meanwhile.
    case 'closed':
      return exitCodes.loginNeeded;
    case 'network':
    case 'timeout':
    case 'rate_limited':
    case 'server_error':
      return exitCodes.network;
    case 'lock_timeout':
    case 'store_read':
    case 'store_write':
    case 'store_conflict':
    case 'decrypt_failed':
      return exitCodes.store;
    case 'invalid_client':
    case 'malformed_response':
    case 'clock_skew':
      return exitCodes.refused;
    case 'config':
      // With a status it was the server who did not like what it was asked.
      return status === undefined ? exitCodes.usage : exitCodes.refused;
    case 'aborted':
      return exitCodes.failed;
  }
}
