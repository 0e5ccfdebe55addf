/** Which servers a profile needs, from its options alone. */

import { bases } from '@hufu/wire/scnet';
import { issuingRegions } from '@hufu/wire/sls';
import { endpointOf } from '../../core/endpoint.ts';
import type { Profile } from './profile.ts';

/** @param options those of the profile, with what references lead to. Throws `TokenError` for an address that is none. */
export function endpointsOf(
  { provider, grant }: Pick<Profile, 'provider' | 'grant'>,
  options: Readonly<Record<string, unknown>>,
): readonly string[] {
  const text = (name: string): string | undefined => {
    const { [name]: value } = options;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const checked = (...endpoints: readonly string[]): readonly string[] => {
    const given = { allowPlainHttp: options.allowPlainHttp === true };
    return [...new Set(endpoints.map((endpoint) => endpointOf(endpoint, given)))];
  };
  switch (provider) {
    case 'sls':
      return checked(text('endpoint') ?? `https://${text('region') ?? issuingRegions[0]}.log.aliyuncs.com`);
    case 'pds':
      return checked(text('endpoint') ?? `https://${text('domainId') ?? ''}.api.aliyunpds.com`);
    case 'scnet': {
      const ac = text('acBase') ?? bases.ac;
      return grant === 'access-key' ? checked(text('apiBase') ?? bases.api, ac) : checked(ac);
    }
    case 'oauth2':
      return checked(text('issuer') ?? '');
  }
}
