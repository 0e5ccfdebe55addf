// The peer of the session measurements: `oidc-provider` with its in-memory adapter, refresh tokens that rotate, and access
// tokens as their resource says: ES256 JWTs, RS256 JWTs, or opaque. Not TypeScript, because its packages are installed for
// benchmarks only, and types are checked without them.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { importSPKI, jwtVerify } from 'jose';
import Provider, { errors } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import LRU from 'oidc-provider/lib/helpers/lru.js';

const { service, resourceServer, publicClient, resources, issuerKeyPem, jwtBearer, sessionsPath } = JSON.parse(
  process.argv[2],
);
const assertionKey = await importSPKI(issuerKeyPem, 'RS256');
const day = 24 * 60 * 60;
const scope = 'read';

/** Its own store in memory, with more room than the thousand entries of its default, which forgets sessions under load. */
const store = new LRU({ maxSize: 100_000 });

const jwk = (alg, { privateKey }) => ({ ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: alg });
const keys = [
  jwk('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  jwk('RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })),
];
const formats = {
  [resources.es256]: { accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } },
  [resources.rs256]: { accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } },
  [resources.opaque]: { accessTokenFormat: 'opaque' },
};
const client = (id, more) => ({
  client_id: id,
  redirect_uris: [],
  response_types: [],
  // No ID token is issued.
  id_token_signed_response_alg: 'ES256',
  scope,
  ...more,
});
const secret = (client_secret) => ({ client_secret, token_endpoint_auth_method: 'client_secret_basic' });

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(url, {
    adapter: (model) => new MemoryAdapter(model, store),
    clients: [
      client(service.id, { ...secret(service.secret), grant_types: ['client_credentials', 'refresh_token'] }),
      client(resourceServer.id, { ...secret(resourceServer.secret), grant_types: [] }),
      client(publicClient, { token_endpoint_auth_method: 'none', grant_types: [jwtBearer, 'refresh_token'] }),
    ],
    // Without `offline_access` it takes no refresh tokens.
    scopes: [scope, 'offline_access'],
    jwks: { keys },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    rotateRefreshToken: true,
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resources.es256,
        getResourceServerInfo: (_ctx, resource) => ({
          scope,
          audience: resource,
          accessTokenTTL: day,
          ...formats[resource],
        }),
      },
    },
    ttl: { ClientCredentials: day, Grant: 14 * day, RefreshToken: 14 * day },
  });
  provider.registerGrantType(jwtBearer, bearer(provider), ['assertion', 'resource']);
  const callback = provider.callback();
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url, url);
    if (pathname !== sessionsPath) return callback(request, response);
    const ask = Object.fromEntries(searchParams);
    openSessions(provider, ask).then((opened) => response.end(JSON.stringify(opened)));
  });
  process.stdout.write(`${url}\n`);
});
process.once('SIGTERM', () => process.exit());

/** A grant with the models that it issues at a code: what the load starts from. */
async function openSession(provider, { clientId, accountId, resource }) {
  const found = await provider.Client.find(clientId);
  const grant = new provider.Grant({ accountId, clientId });
  grant.addResourceScope(resource, scope);
  const common = { accountId, client: found, grantId: await grant.save(), gty: 'authorization_code' };
  const refreshToken = new provider.RefreshToken({ ...common, resource, rotations: 0, scope });
  const accessToken = new provider.AccessToken({ ...common, scope });
  const info = { scope, audience: resource, accessTokenTTL: day, ...formats[resource] };
  accessToken.resourceServer = new provider.ResourceServer(resource, info);
  return { accessToken: await accessToken.save(), refreshToken: await refreshToken.save() };
}

async function openSessions(provider, { clientId, resource, count }) {
  const opened = [];
  for (let number = 0; number < Number(count); number++) {
    opened.push(await openSession(provider, { clientId, resource, accountId: `user-${number}` }));
  }
  return opened;
}

/** RFC 7523, section 2.1, in as few steps as Hufu takes: the assertion is checked and used up, a session begins. */
function bearer(provider) {
  return async (ctx) => {
    const { assertion } = ctx.oidc.params;
    const { clientId } = ctx.oidc.client;
    const verified = {
      algorithms: ['RS256'],
      issuer: clientId,
      audience: provider.issuer,
      requiredClaims: ['jti', 'exp'],
    };
    const { payload } = await jwtVerify(assertion, assertionKey, verified).catch(() => {
      throw new errors.InvalidGrant('the assertion is not good');
    });
    if (!(await provider.ReplayDetection.unique(clientId, payload.jti, payload.exp))) {
      throw new errors.InvalidGrant('the assertion was used');
    }
    const session = await openSession(provider, { clientId, accountId: payload.sub, resource: resources.rs256 });
    ctx.body = {
      access_token: session.accessToken,
      refresh_token: session.refreshToken,
      expires_in: day,
      scope,
      token_type: 'Bearer',
    };
  };
}
