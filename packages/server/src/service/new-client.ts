/** What a new client is to be, checked against its type, with everything that was not said filled in. */

import type { Client, ClientAuthentication, ClientKey, ClientPermission, ClientRotation } from '../core/client.ts';
import type { ClientType } from '../core/client-type.ts';
import { redirectUriProblem } from '../core/redirect-uri.ts';
import { isScope } from '../core/scope.ts';
import { type Administration, NotAllowed } from './administration.ts';
import { clientSecretPurpose, everyTenant } from './authenticate-client.ts';
import type { Random } from './ports.ts';
import { alphabets, randomSecret, randomText } from './random-text.ts';

export interface NewClient {
  /** A tenant's id, or `*` for a resource server that may ask about every tenant's grants. */
  readonly tenant: string;
  /** Default: made in the form of its type. */
  readonly id?: string | undefined;
  readonly name: string;
  /** Default: `oauth`. */
  readonly dialect?: string | undefined;
  /** A word of the dialect. Default: `resource_server`. */
  readonly type?: string | undefined;
  /** Default: the first that its type allows. */
  readonly authentication?: ClientAuthentication | undefined;
  /** Default: 256 random bits, where it has one. Only the emulator names one. */
  readonly secret?: string | undefined;
  /** Public key in PEM or as a JWK. Default: a new pair is made, where it needs one. */
  readonly publicKey?: string | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  /** Scopes that it may ask for. Default: every scope. */
  readonly scopes?: readonly string[] | undefined;
  readonly isThirdParty?: boolean | undefined;
  readonly requiresPkce?: boolean | undefined;
  readonly rotation?: Partial<ClientRotation> | undefined;
  readonly permissions?: readonly ClientPermission[] | undefined;
  /** Resources whose tokens it may ask about. Default: every resource. */
  readonly resources?: readonly string[] | undefined;
}

export interface CreatedClient {
  readonly client: Client;
  /** Shown this once. */
  readonly secret: string | undefined;
  /** PKCS#8 PEM of the pair that was made; shown this once. */
  readonly privateKeyPem: string | undefined;
}

export async function newClient(
  administration: Administration,
  asked: NewClient,
  nowMs: number,
): Promise<CreatedClient> {
  const { sealing, random } = administration;
  const type = typeAsked(administration, asked);
  const authentication = authenticationOf(type, asked);
  const { keys, privateKeyPem } = await keysOf(administration, type, authentication, asked);
  const secret = authentication === 'client_secret' ? (asked.secret ?? randomSecret(random)) : undefined;
  const client: Client = {
    id: asked.id ?? newId(random, type),
    tenant: asked.tenant,
    name: asked.name,
    status: 'enabled',
    createdAtMs: nowMs,
    dialect: type.dialect,
    type: type.name,
    authentication,
    secretHash: secret === undefined ? undefined : sealing.keyedHash(secret, clientSecretPurpose),
    keys,
    grantTypes: type.grantTypes,
    redirectUris: redirectUrisOf(type, asked.redirectUris ?? []),
    requiresPkce: type.requiresPkce || (asked.requiresPkce ?? false),
    scopes: scopeListOf(asked.scopes ?? []),
    isThirdParty: asked.isThirdParty ?? false,
    rotation: rotationOf(authentication, asked.rotation ?? {}),
    permissions: asked.permissions ?? [],
    resources: asked.resources ?? [],
  };
  return { client, secret, privateKeyPem };
}

function newId(random: Random, { newId: { prefix, characters, of } }: ClientType): string {
  return prefix + (of ? random.hex(characters) : randomText(random, alphabets.upperDigits, characters));
}

function typeAsked(administration: Administration, asked: NewClient): ClientType {
  const { dialect = 'oauth', type = 'resource_server', tenant } = asked;
  const found = typeOf(administration, { dialect, type });
  // What it was given would belong to no tenant.
  if (tenant === everyTenant && !found.mayBeOfEveryTenant) {
    throw new NotAllowed(`an application of type ${found.name} belongs to one tenant`);
  }
  return found;
}

/** @throws {NotAllowed} for a type that no dialect that is served knows. */
export function typeOf(
  { clientTypes }: Administration,
  { dialect, type }: Pick<Client, 'dialect' | 'type'>,
): ClientType {
  const found = clientTypes.find((one) => one.dialect === dialect && one.name === type);
  if (found) return found;
  const known = clientTypes.map((one) => `${one.dialect} ${one.name}`).join(', ');
  throw new NotAllowed(`there is no type ${type} of ${dialect}; allowed: ${known}`);
}

function authenticationOf({ authentications, name }: ClientType, asked: NewClient): ClientAuthentication {
  const authentication = asked.authentication ?? authentications[0];
  if (authentications.includes(authentication)) return authentication;
  throw new NotAllowed(`authentication of ${name}: ${authentications.join(' or ')}`);
}

async function keysOf(
  administration: Administration,
  type: ClientType,
  authentication: ClientAuthentication,
  { publicKey }: NewClient,
): Promise<{ readonly keys: readonly ClientKey[]; readonly privateKeyPem: string | undefined }> {
  if (publicKey !== undefined) return { keys: [givenKey(administration, type, publicKey)], privateKeyPem: undefined };
  // A type whose only proof is what it signs needs a key; the others may have one.
  const needsKey =
    authentication === 'private_key_jwt' || (type.keyAlgorithm !== undefined && authentication === 'none');
  if (!needsKey) return { keys: [], privateKeyPem: undefined };
  const { key, privateKeyPem } = await newPair(administration, type);
  return { keys: [key], privateKeyPem };
}

/** The key that an operator gives to an application of this type. @param publicKey PEM, or a JWK in JSON. */
export function givenKey({ clientKeys }: Administration, type: ClientType, publicKey: string): ClientKey {
  requireSigner(type);
  const key = clientKeys.read(publicKey);
  // Made by `clientKeys` a moment ago, and by nobody else.
  const { kty } = JSON.parse(key.jwk) as { readonly kty: string };
  // RS256 is what the vendor's clients sign with; where ES256 is the default, RS256 is taken as well.
  if (type.keyAlgorithm === 'RS256' && kty !== 'RSA') {
    throw new NotAllowed(`an application of type ${type.name} signs with RS256: its key is an RSA key`);
  }
  return key;
}

/** A new pair for an application of this type; the private half is shown once. */
export function newPair(
  { clientKeys }: Administration,
  type: ClientType,
): Promise<{ readonly key: ClientKey; readonly privateKeyPem: string }> {
  requireSigner(type);
  return clientKeys.generate(type.keyAlgorithm ?? 'ES256');
}

function requireSigner({ keyAlgorithm, authentications, name }: ClientType): void {
  if (keyAlgorithm !== undefined || authentications.includes('private_key_jwt')) return;
  throw new NotAllowed(`an application of type ${name} signs nothing: it has no key`);
}

export function redirectUrisOf(
  { hasRedirectUris, name }: Pick<ClientType, 'hasRedirectUris' | 'name'>,
  uris: readonly string[],
): readonly string[] {
  if (!hasRedirectUris && uris.length > 0) throw new NotAllowed(`an application of type ${name} has no redirect URI`);
  if (hasRedirectUris && uris.length === 0) throw new NotAllowed(`an application of type ${name} needs a redirect URI`);
  for (const uri of uris) {
    const problem = redirectUriProblem(uri);
    if (problem !== undefined) throw new NotAllowed(`redirect URI: ${problem}`);
  }
  return [...new Set(uris)];
}

export function scopeListOf(scopes: readonly string[]): readonly string[] {
  if (scopes.every((scope) => isScope(scope) && !scope.includes(' '))) return [...new Set(scopes)];
  throw new NotAllowed('a scope has no blanks, quotes or backslashes');
}

/** A public client's refresh token must rotate (RFC 9700, section 4.14.2). */
export function rotationOf(
  authentication: ClientAuthentication,
  { rotates = true, retryWindowSeconds }: Partial<ClientRotation>,
): ClientRotation {
  if (!rotates && authentication === 'none') throw new NotAllowed('the refresh tokens of a public client rotate');
  return { rotates, retryWindowSeconds };
}
