/**
 * Refusals before any dialect is known: a path that nobody serves, headers that the parser gave up on.
 * The body carries each vendor's member names, so that every client finds a code and a message where it looks for them.
 */

import { STATUS_CODES } from 'node:http';
import type { TransportProblem, WireAnswer } from '../dialects/dialect.ts';

export interface PlainProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const problems: Record<TransportProblem, PlainProblem> = {
  not_found: { status: 404, code: 'NotFound', message: 'Nothing is served at this path.' },
  method_not_allowed: { status: 405, code: 'MethodNotAllowed', message: 'This path is served by another method.' },
  body_too_large: { status: 413, code: 'BodyTooLarge', message: 'The request body is too large.' },
  unreadable_content_type: {
    status: 415,
    code: 'UnsupportedContentType',
    message: 'The content type is not readable.',
  },
  headers_too_large: {
    status: 431,
    code: 'RequestHeaderTooLarge',
    message: 'The request line and headers are too large.',
  },
  malformed_http: { status: 400, code: 'MalformedRequest', message: 'The request is not valid HTTP.' },
  timed_out: { status: 408, code: 'RequestTimeout', message: 'The request took too long to arrive.' },
};

export const plainRefusal = (problem: TransportProblem, requestId: string): WireAnswer =>
  plainAnswer(problems[problem], requestId);

export function plainAnswer({ status, code, message }: PlainProblem, requestId: string): WireAnswer {
  return {
    status,
    headers: [
      'content-type',
      'application/json',
      'x-log-requestid',
      requestId,
      'x-ca-request-id',
      requestId,
      'x-request-id',
      requestId,
    ],
    body: JSON.stringify({ code, message, errorCode: code, errorMessage: message, requestId }),
  };
}

/** The same, as the bytes of a whole answer, for a socket whose request could not be parsed. */
export function plainRefusalBytes(problem: TransportProblem, requestId: string): string {
  const { status, headers, body } = plainRefusal(problem, requestId);
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
  for (let at = 0; at < headers.length; at += 2) text += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return `${text}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
}
