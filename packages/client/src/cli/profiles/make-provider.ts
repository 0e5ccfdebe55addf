/** The provider of a profile, from its options with everything found. */

import type { Authorize } from '../../core/authorize.ts';
import type { Provider } from '../../core/provider.ts';
import type { ClientIo } from '../io.ts';
import type { AccessKeyPlace, OptionValue, Profile } from './profile.ts';

export interface ProviderSurroundings {
  readonly name: string;
  readonly env: ClientIo['env'];
  /** Where the user comes back to, in place of the profile's own. */
  readonly redirectUri: string | undefined;
  readonly authorize: Authorize | undefined;
}

/** Where a user comes back to, if the profile does not say. */
export const defaultRedirectUri = 'http://127.0.0.1/callback';

type Found = Readonly<Record<string, OptionValue>>;

/**
 * The names and types of the options were checked against the shapes (`shape.ts`), and every provider checks them once more
 * and throws `TokenError`: that is the reason of each `as never` below.
 */
export async function makeProvider(
  { provider, grant }: Pick<Profile, 'provider' | 'grant'>,
  options: Found,
  surroundings: ProviderSurroundings,
): Promise<Provider> {
  const { name, authorize } = surroundings;
  const person = (): object => {
    const { identity = `profile ${name}`, redirectUri = defaultRedirectUri } = options;
    return { ...options, identity, redirectUri: surroundings.redirectUri ?? redirectUri, authorize };
  };
  switch (provider) {
    case 'sls': {
      const { signatureV1, signatureV4, sls } = await import('../../providers/sls/index.ts');
      const { signature, ...others } = await withAccessKey(options, surroundings.env);
      return sls({ ...others, signature: signature === 'v1' ? signatureV1 : signatureV4 } as never);
    }
    case 'pds': {
      const { pdsJwt, pdsOAuth } = await import('../../providers/pds/index.ts');
      if (grant === 'code') return pdsOAuth(person() as never);
      return pdsJwt((grant === 'service-jwt' ? { ...options, service: true } : options) as never);
    }
    case 'scnet': {
      const { scnet } = await import('../../providers/scnet/index.ts');
      return scnet(options as never);
    }
    case 'oauth2': {
      const { oauth2ClientCredentials, oauth2Code } = await import('../../providers/oauth2/index.ts');
      return grant === 'code' ? oauth2Code(person() as never) : oauth2ClientCredentials(options as never);
    }
  }
}

/** `credentials` as the function that the provider wants. Without any key: what the vendor's tools would find. */
async function withAccessKey(
  { credentials, ...options }: Found,
  env: ClientIo['env'],
): Promise<Record<string, unknown>> {
  if (credentials === undefined && 'accessKeyId' in options) return options;
  const { accessKeyFromCliProfile, accessKeyFromMachine } = await import('../../credentials/index.ts');
  // `read-profile.ts` lets nothing else through.
  const place = (credentials ?? 'machine') as AccessKeyPlace;
  return {
    ...options,
    credentials:
      place === 'machine'
        ? accessKeyFromMachine({}, env)
        : accessKeyFromCliProfile({ profile: place['alibaba-cli'] }, env),
  };
}
