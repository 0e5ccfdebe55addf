/** `/.well-known/jwks.json` (RFC 7517) and `/.well-known/oauth-authorization-server` (RFC 8414). */

import { paths } from '@hufu/wire/oauth';
import type { FastifyInstance } from 'fastify';
import type { Registry } from '../dialects/registry.ts';

export interface WellKnownParts {
  /** The public keys, and how long a verifier may keep them. */
  readonly jwks: () => { readonly keys: readonly object[]; readonly maxAgeSeconds: number };
  readonly registry: Registry;
}

const metadataMaxAgeSeconds = 300;

export function registerWellKnown(app: FastifyInstance, { jwks, registry }: WellKnownParts): void {
  const serve = (path: string, document: () => { readonly body: object; readonly maxAgeSeconds: number }): void => {
    app.get(path, (_request, reply) => {
      const { body, maxAgeSeconds } = document();
      reply
        .header('cache-control', `public, max-age=${maxAgeSeconds}`)
        .header('access-control-allow-origin', '*')
        .type('application/json')
        .send(JSON.stringify(body));
    });
  };
  serve(paths.jwks, () => {
    const { keys, maxAgeSeconds } = jwks();
    return { body: { keys }, maxAgeSeconds };
  });
  const { metadata } = registry.dialects.find((dialect) => dialect.metadata !== undefined) ?? {};
  if (metadata) serve(paths.metadata, () => ({ body: metadata(), maxAgeSeconds: metadataMaxAgeSeconds }));
}
