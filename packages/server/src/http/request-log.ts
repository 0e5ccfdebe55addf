/** One structured line a request, as far as the operator wants them. Neither query nor headers: they carry secrets. */

import type { Logger } from 'pino';
import type { WireAnswer } from '../dialects/dialect.ts';

export interface ServedRequest {
  readonly requestId: string;
  readonly dialect: string;
  readonly operation: string;
  readonly outcome: string;
  readonly answer: WireAnswer;
  readonly seconds: number;
}

export interface RequestLog {
  (served: ServedRequest): void;
  /** A mistake of ours: the error's own words go to the log, never outside. */
  failure(requestId: string, error: unknown): void;
}

export function createRequestLog(logger: Logger, which: 'errors' | 'all' | 'none'): RequestLog {
  const line = ({ requestId, dialect, operation, outcome, answer, seconds }: ServedRequest): void => {
    if (which === 'none' || (which === 'errors' && answer.status < 500)) return;
    const fields = { requestId, dialect, operation, outcome, status: answer.status, seconds };
    if (answer.status >= 500) logger.error(fields, 'request failed');
    else logger.info(fields, 'request');
  };
  return Object.assign(line, {
    failure: (requestId: string, error: unknown) => {
      const { name, message, stack } = error instanceof Error ? error : new Error('unknown');
      logger.error({ requestId, error: { name, message, stack } }, 'request failed');
    },
  });
}
