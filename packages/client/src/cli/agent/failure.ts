/** Failures as the agent tells them: the code and sentence that the commands have, under a status that says whose turn it is. */

import { isTokenError } from '../../core/errors.ts';
import { type ExitCode, exitCodes } from '../terminal/exit-codes.ts';
import { failureOf } from '../terminal/failure.ts';
import { tokenFailure } from '../token-failure.ts';
import type { AgentAnswer } from './request.ts';

/** What whoever asked has to change. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

export function answerOfFailure(error: unknown): AgentAnswer {
  if (error instanceof BadRequest) return { status: 400, body: { error: 'bad_request', message: error.message } };
  const { code, message, exitCode } = failureOf(error, [tokenFailure]);
  const waitMs = isTokenError(error) ? error.retryAfterMs : undefined;
  return {
    status: statusOf(exitCode),
    // `Code` and `Message` are how Alibaba Cloud's SDKs read a failure.
    body: { error: code, message, exitCode, Code: code, Message: message },
    ...(waitMs !== undefined && { headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } }),
  };
}

function statusOf(exitCode: ExitCode): number {
  switch (exitCode) {
    case exitCodes.loginNeeded:
      return 409;
    case exitCodes.network:
      return 503;
    case exitCodes.refused:
      return 502;
    case exitCodes.ok:
    case exitCodes.failed:
    case exitCodes.usage:
    case exitCodes.store:
      return 500;
  }
}
