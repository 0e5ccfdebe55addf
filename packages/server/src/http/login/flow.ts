/** An authorization request on its way through the pages: read anew at each step, since what was allowed may have ended. */

import type { AuthorizationRequest } from '../../core/authorization-request.ts';
import { accept, type Decision, refuse } from '../../core/reasons.ts';
import { addSeconds } from '../../core/time.ts';
import type { AuthorizationCodec, Dialect, WireRequest } from '../../dialects/dialect.ts';
import type { Registry } from '../../dialects/registry.ts';
import { type Carried, sealHandle } from './handle.ts';
import type { LoginParts } from './parts.ts';
import type { Visit } from './visit.ts';

/** What of a request travels in a handle. */
export interface CarriedFlow {
  readonly dialect: string;
  readonly query: string;
  readonly signedInAs?: string | undefined;
}

export interface Flow extends CarriedFlow {
  readonly codec: AuthorizationCodec;
  readonly ask: AuthorizationRequest;
}

export function readFlow(registry: Registry, request: WireRequest, carried: CarriedFlow): Decision<Flow> {
  const codec = registry.dialects.find(({ name }) => name === carried.dialect)?.authorization;
  // The operator has turned the dialect off in the meantime.
  if (!codec) return refuse({ code: 'client_unknown', clientId: '' });
  const { query, signedInAs } = carried;
  const parsed = codec.parse({ ...request, method: 'GET', path: codec.path, query });
  return parsed.ok ? accept({ dialect: carried.dialect, query, signedInAs, codec, ask: parsed.ask }) : parsed;
}

/** A handle for a page that is shown now. */
export const newHandle = ({ sealing, options }: LoginParts, { context }: Visit, what: Carried): string =>
  sealHandle(sealing, what, addSeconds(context.nowMs, options.handleLifetimeSeconds));

export const hasAuthorization = (
  dialect: Dialect,
): dialect is Dialect & { readonly authorization: AuthorizationCodec } => dialect.authorization !== undefined;
