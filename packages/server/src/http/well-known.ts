/** `/.well-known/jwks.json` (RFC 7517) and `/.well-known/oauth-authorization-server` (RFC 8414). */

import { paths } from '@hufu/wire/oauth';
import type { FastifyInstance } from 'fastify';

export interface WellKnownParts {
  /** The public keys, and how long a verifier may keep them. */
  readonly jwks: () => { readonly keys: readonly object[]; readonly maxAgeSeconds: number };
  readonly issuer: () => string;
}

export function registerWellKnown(app: FastifyInstance, parts: WellKnownParts): void {
  app.get(paths.jwks, (_request, reply) => {
    const { keys, maxAgeSeconds } = parts.jwks();
    reply
      .header('cache-control', `public, max-age=${maxAgeSeconds}`)
      .header('access-control-allow-origin', '*')
      .type('application/json')
      .send(JSON.stringify({ keys }));
  });
  app.get(paths.metadata, (_request, reply) => {
    const issuer = parts.issuer();
    const methods = ['client_secret_basic', 'client_secret_post'];
    reply
      .header('cache-control', 'public, max-age=300')
      .header('access-control-allow-origin', '*')
      .type('application/json')
      .send(
        JSON.stringify({
          issuer,
          jwks_uri: issuer + paths.jwks,
          introspection_endpoint: issuer + paths.introspect,
          introspection_endpoint_auth_methods_supported: methods,
          revocation_endpoint: issuer + paths.revoke,
          revocation_endpoint_auth_methods_supported: methods,
          // Required by RFC 8414, section 2: no grant of RFC 6749 is served at an authorization endpoint.
          response_types_supported: [],
          grant_types_supported: [],
        }),
      );
  });
}
