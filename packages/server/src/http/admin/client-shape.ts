/** An application in the words of the admin API. */

import { z } from 'zod';
import type { Client, ClientKey } from '../../core/client.ts';
import type { CreatedClient } from '../../service/administer-clients.ts';
import { everyTenant } from '../../service/authenticate-client.ts';
import { displayName, identifier, instant, iso, listOf, status, visibleText } from './fields.ts';

export const permissions = listOf(z.enum(['introspect', 'revoke']), 2);
export const tenantOrEvery = z.union([identifier, z.literal(everyTenant)], {
  error: 'allowed: the id of a tenant, or * for the grants of every tenant',
});

const authentication = z.enum(['none', 'client_secret', 'private_key_jwt']);
const grantType = z.enum(['authorization_code', 'refresh_token', 'client_credentials', 'jwt_bearer']);
const jwk = z.record(z.string(), z.unknown());
const maxRetryWindowSeconds = 600;

const members = {
  id: z.string(),
  tenant: z.string(),
  name: z.string(),
  status,
  permissions: z.array(z.enum(['introspect', 'revoke'])),
  createdAt: instant,
  dialect: z.string(),
  type: z.string().meta({ description: 'In the word of its dialect, such as WebServer' }),
  authentication: authentication.meta({ description: '`none` is a public client' }),
  grantTypes: z.array(grantType),
  keys: z
    .array(z.object({ id: z.string().meta({ description: 'RFC 7638 thumbprint' }), jwk }))
    .meta({ description: 'Public keys that check what it signs' }),
  redirectUris: z.array(z.string()),
  requiresPkce: z.boolean(),
  scopes: z.array(z.string()).meta({ description: 'What it may ask for; empty for every scope' }),
  thirdParty: z.boolean().meta({ description: 'Whether users are asked before it gets their tokens' }),
  resources: z
    .array(z.string())
    .meta({ description: 'Resources whose tokens it may ask about; empty for every resource' }),
  rotation: z.object({
    rotates: z.boolean(),
    retryWindowSeconds: z.int().nullable().meta({ description: 'null for the server’s default' }),
  }),
};

export const clientShape = z.object(members).meta({ id: 'Client', description: 'An application' });

const secret = z.string().nullable().meta({ description: 'null where it has none' });
const privateKeyPem = z.string().nullable().meta({ description: 'PKCS#8, where a pair was made' });

export const createdShape = z
  .object({ ...members, secret, privateKeyPem })
  .meta({ id: 'CreatedClient', description: 'The secret and the private key are shown this once' });

export const renewedSecretShape = z
  .object({ ...members, secret: z.string() })
  .meta({ id: 'ClientWithSecret', description: 'The secret is shown this once' });

export const renewedKeyShape = z
  .object({ ...members, privateKeyPem: z.string() })
  .meta({ id: 'ClientWithKey', description: 'The private key is shown this once' });

/** What an operator may say at any time. */
const changeable = {
  name: displayName,
  publicKey: z
    .union([
      z
        .string()
        .min(1)
        .max(16 * 1024),
      jwk.transform((key) => JSON.stringify(key)),
    ])
    .meta({ description: 'PEM, or a JWK: RSA of 2048 bits or more, or EC on P-256' }),
  redirectUris: listOf(z.string().min(1).max(2048), 32),
  scopes: listOf(visibleText(256), 128),
  thirdParty: z.boolean(),
  resources: listOf(z.string().min(1).max(2048), 32),
  rotation: z.strictObject({
    rotates: z.boolean().optional(),
    retryWindowSeconds: z
      .int()
      .min(0)
      .max(maxRetryWindowSeconds)
      .nullable()
      .optional()
      .meta({ description: 'How long the predecessor of a refresh token gives the same successor; null: default' }),
  }),
  permissions,
};

/** No `secret`: a secret that somebody chose is a secret that somebody knows. */
export const newClient = z.strictObject({
  tenant: tenantOrEvery,
  id: identifier.optional(),
  ...z.object(changeable).partial().required({ name: true }).shape,
  dialect: z.string().max(32).optional().meta({ description: 'Default: oauth' }),
  type: z.string().max(64).optional().meta({ description: 'Default: resource_server' }),
  authentication: authentication.optional().meta({ description: 'Default: the first that its type allows' }),
  requiresPkce: z.boolean().optional(),
});

export const clientChange = z
  .strictObject({ status: status.optional(), ...z.object(changeable).partial().shape })
  .refine((body) => Object.keys(body).length > 0, 'allowed: at least one member');

type Asked = z.output<typeof newClient> | z.output<typeof clientChange>;

/** What an operator said, in the words of the use cases. */
export function askedOf<Body extends Asked>({ thirdParty, rotation, ...body }: Body) {
  return { ...body, isThirdParty: thirdParty, rotation: rotation && rotationOf(rotation) };
}

function rotationOf({ rotates, retryWindowSeconds }: NonNullable<Asked['rotation']>) {
  return {
    ...(rotates === undefined ? {} : { rotates }),
    ...(retryWindowSeconds === undefined ? {} : { retryWindowSeconds: retryWindowSeconds ?? undefined }),
  };
}

export const clientView = ({ isThirdParty, keys, rotation, createdAtMs, ...client }: Client) => ({
  id: client.id,
  tenant: client.tenant,
  name: client.name,
  status: client.status,
  permissions: [...client.permissions],
  createdAt: iso(createdAtMs),
  dialect: client.dialect,
  type: client.type,
  authentication: client.authentication,
  grantTypes: [...client.grantTypes],
  keys: keys.map(keyView),
  redirectUris: [...client.redirectUris],
  requiresPkce: client.requiresPkce,
  scopes: [...client.scopes],
  thirdParty: isThirdParty,
  resources: [...client.resources],
  rotation: { rotates: rotation.rotates, retryWindowSeconds: rotation.retryWindowSeconds ?? null },
});

export const createdView = ({ client, secret, privateKeyPem }: CreatedClient) => ({
  ...clientView(client),
  secret: secret ?? null,
  privateKeyPem: privateKeyPem ?? null,
});

// A JWK is kept as the JSON text of an object (`keys/client-key.ts`).
const keyView = ({ id, jwk }: ClientKey) => ({ id, jwk: JSON.parse(jwk) as Record<string, unknown> });
