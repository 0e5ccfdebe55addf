/** Where requests to SLS go, and who signs them. */

import { issuingRegions, regionOfHost } from '@hufu/wire/sls';
import type { AccessKey, AccessKeySource } from '../../core/access-key.ts';
import { type EndpointOptions, endpointOf } from '../../core/endpoint.ts';
import { checkNames, optionalTextOf, refuseGiven, textOf } from '../../core/given.ts';

/** Tickets are made in one of these, and are good in every region. */
export type SlsRegion = (typeof issuingRegions)[number];

interface SlsAddress extends EndpointOptions {
  /** Default `cn-shanghai`, China (Shanghai); `ap-southeast-1` is Singapore. Beside an `endpoint`: what v4 signs for. */
  readonly region?: SlsRegion | (string & {}) | undefined;
  /** Default `https://{region}.log.aliyuncs.com`. */
  readonly endpoint?: string | undefined;
  /** Default `v4`. Browsers cannot send v1, which signs `Date`; v4 signs the host, which proxies must not change. */
  readonly signature?: 'v4' | 'v1' | undefined;
}

/** An AccessKey itself, or a function that is asked for it before each request. */
export type SlsConnection = SlsAddress & (AccessKey | { readonly credentials: AccessKeySource });

export interface SlsSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly signature: 'v4' | 'v1';
  readonly accessKey: AccessKeySource;
}

const keyNames = ['accessKeyId', 'accessKeySecret', 'securityToken'] as const;
const names = ['region', 'endpoint', 'allowPlainHttp', 'signature', 'credentials', ...keyNames];
const hints = {
  access_key_id: 'it is accessKeyId',
  access_key_secret: 'it is accessKeySecret',
  security_token: 'it is securityToken',
  regionId: 'it is region',
  protocol: 'it is part of endpoint, as in http://127.0.0.1:8420',
};

/** Throws `TokenError` with `config`. @param more names that the caller reads by itself. */
export function settingsOf(call: string, options: SlsConnection, more: readonly string[]): SlsSettings {
  checkNames(call, options, [...names, ...more], hints);
  const { signature = 'v4' } = options;
  if (signature !== 'v4' && signature !== 'v1') refuseGiven(call, 'signature is v4 or v1');
  return { ...placeOf(call, options), signature, accessKey: accessKeyOf(call, options) };
}

function placeOf(call: string, options: SlsAddress): { readonly endpoint: string; readonly region: string } {
  if (options.endpoint === undefined) {
    const { region = issuingRegions[0] } = options;
    const issuing: readonly string[] = issuingRegions;
    if (!issuing.includes(region))
      refuseGiven(call, `region is ${issuing.join(' or ')}: their tickets are good everywhere`);
    return { endpoint: `https://${region}.log.aliyuncs.com`, region };
  }
  const endpoint = endpointOf(`${call}: endpoint`, options.endpoint, options);
  const { host, pathname } = new URL(endpoint);
  if (pathname !== '/') refuseGiven(call, 'endpoint has a path: signatures cover the path, and SLS is at the root');
  return { endpoint, region: options.region ?? regionOfHost(host) ?? issuingRegions[0] };
}

function accessKeyOf(call: string, options: SlsConnection): AccessKeySource {
  if (!('credentials' in options)) {
    const fixed = checkedKey(call, options);
    return () => fixed;
  }
  const { credentials } = options;
  if (typeof credentials !== 'function') return refuseGiven(call, 'credentials is a function that gives an AccessKey');
  const twice = keyNames.find((name) => name in options);
  if (twice) refuseGiven(call, `credentials and ${twice} exclude each other`);
  return async () => checkedKey(`${call}: credentials`, await credentials());
}

function checkedKey(call: string, key: AccessKey): AccessKey {
  const securityToken = key.securityToken === undefined ? undefined : optionalTextOf(call, 'securityToken', key);
  return {
    accessKeyId: textOf(call, 'accessKeyId', key.accessKeyId),
    accessKeySecret: textOf(call, 'accessKeySecret', key.accessKeySecret),
    securityToken,
  };
}
