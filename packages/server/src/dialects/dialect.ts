/**
 * What a dialect is: a codec (HTTP in, HTTP out) and a policy. It is pure: no clock, no randomness, no I/O.
 * A difference that is a value is a fact or a policy; that is a shape, `parse` and `answer`; that is behaviour, a named
 * capability here. Shared code never asks which dialect it serves.
 */

import type { AuthorizationAnswer, AuthorizationRequest, AuthorizationSpeech } from '../core/authorization-request.ts';
import type { ClientType } from '../core/client-type.ts';
import type { Command } from '../core/command.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Reason, Refusal } from '../core/reasons.ts';
import type { RegionServices } from '../core/region.ts';
import type { TokenFormat } from '../core/token.ts';

/** A request as it came, before anybody has read it. */
export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What stands behind `?`, undecoded; empty where there is none. */
  readonly query: string;
  /** Names in lower case. Where `duplicateHeader` is set, values of that name are not to be trusted. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A header that came more than once, if one did. */
  readonly duplicateHeader: string | undefined;
  /** The body; empty where there is none. */
  readonly body: Uint8Array;
  /** Whether the request said how long its body is (`content-length` or chunked). */
  readonly bodyLengthKnown: boolean;
}

export interface WireAnswer {
  readonly status: number;
  /** Names and values in turn. `content-length`, `connection` and `date` are the transport's. */
  readonly headers: readonly string[];
  readonly body: string;
}

export interface AnswerContext {
  readonly requestId: string;
  readonly nowMs: number;
  /** What is answered; a refusal may have to repeat a part of it. */
  readonly request: Pick<WireRequest, 'method' | 'path' | 'headers'>;
}

export type Parsed = { readonly ok: true; readonly command: Command } | Refusal;

/** What the transport noticed before a dialect could read the request. */
export type TransportProblem =
  | 'not_found'
  | 'method_not_allowed'
  | 'body_too_large'
  | 'unreadable_content_type'
  | 'headers_too_large'
  | 'malformed_http'
  | 'timed_out';

export interface DialectRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /**
   * Request headers that pages of any origin may send here (CORS): the transport answers their preflights, the dialect lets
   * them read its answers. Absent where no page of another origin may call.
   */
  readonly crossOriginHeaders?: readonly string[] | undefined;
}

/** The capability of one-time codes in a browser (RFC 6749, section 4.1.1): the login and its pages are shared. */
export interface AuthorizationCodec {
  /** Served for GET. */
  readonly path: string;
  readonly speech: AuthorizationSpeech;
  /** Refused where no client is named: there is nowhere to send an answer. */
  parse(request: WireRequest): { readonly ok: true; readonly ask: AuthorizationRequest } | Refusal;
  /** What goes to the redirect URI, in this order. */
  redirect(answer: AuthorizationAnswer): readonly (readonly [name: string, value: string])[];
}

export interface Dialect {
  readonly name: string;
  readonly routes: readonly DialectRoute[];
  /** Largest request body. */
  readonly bodyLimitBytes: number;
  /** Every kind of token that it makes: what introspection and revocation understand. */
  readonly formats: readonly TokenFormat[];
  /** Kinds of application that it knows; empty where it knows none. */
  readonly clientTypes: readonly ClientType[];
  readonly authorization?: AuthorizationCodec | undefined;
  /** What an operator may say of a region's services, where its tokens are for regions. */
  readonly regionServices?: RegionServices | undefined;
  /** What the server says of itself at the well-known place (RFC 8414), where this dialect has such a document. */
  readonly metadata?: (() => Readonly<Record<string, unknown>>) | undefined;
  /** The id under which a request is answered and audited. @param random 16 hexadecimal digits. */
  requestId(nowMs: number, random: string): string;
  /** Whether a request that fits no route was meant for this dialect, to be refused in its own words. */
  recognises(headers: WireRequest['headers'], path: string): boolean;
  parse(request: WireRequest): Parsed;
  /** @param operation of the command that came to this outcome. */
  answer(operation: string, outcome: Outcome, context: AnswerContext): WireAnswer;
  refuse(reason: Reason, context: AnswerContext): WireAnswer;
  /** The refusal of a request that never reached `parse`. */
  refuseTransport(problem: TransportProblem, context: AnswerContext): WireAnswer;
}
