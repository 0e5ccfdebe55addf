/** Where requests to SLS go, and who signs them. */

import { issuingRegions, regionOfHost } from '@hufu/wire/sls';
import type { AccessKey, AccessKeySource } from '../../core/access-key.ts';
import { type EndpointOptions, endpointOf } from '../../core/endpoint.ts';
import { checkNames, refuse, textOf } from '../../core/given.ts';
import { type SlsSignature, signatureV4 } from './signature.ts';

/** Tickets are made in one of these, and are good in every region. */
export type SlsRegion = (typeof issuingRegions)[number];

interface SlsAddress extends EndpointOptions {
  /** Default `cn-shanghai`, China (Shanghai); `ap-southeast-1` is Singapore. Beside an `endpoint`: what v4 signs for. */
  readonly region?: SlsRegion | (string & {}) | undefined;
  /** Default `https://{region}.log.aliyuncs.com`. */
  readonly endpoint?: string | undefined;
  /** Default `signatureV4`. */
  readonly signature?: SlsSignature | undefined;
}

/** An AccessKey itself, or a function that is asked for it before each request. */
export type SlsConnection = SlsAddress & (AccessKey | { readonly credentials: AccessKeySource });

export interface SlsSettings {
  readonly endpoint: string;
  readonly host: string;
  readonly region: string;
  readonly signature: SlsSignature;
  readonly accessKey: AccessKeySource;
}

const names = [
  'accessKeyId',
  'accessKeySecret',
  'securityToken',
  'credentials',
  'region',
  'endpoint',
  'allowPlainHttp',
  'signature',
];

/** Throws `TokenError` with `config`. @param more names that the caller reads by itself. */
export function settingsOf(options: SlsConnection, more: readonly string[] = []): SlsSettings {
  checkNames(options, [...names, ...more]);
  const { region, signature = signatureV4 } = options;
  const asked = `https://${region ?? issuingRegions[0]}.log.aliyuncs.com`;
  const endpoint = endpointOf(options.endpoint ?? asked, options);
  const { host, pathname } = new URL(endpoint);
  // Signatures cover the path, and the SDK signs it without a prefix.
  if (pathname !== '/') refuse('endpoint has a path');
  const found = region ?? regionOfHost(host) ?? issuingRegions[0];
  const issuing: readonly string[] = issuingRegions;
  if (endpoint === asked && !issuing.includes(found)) refuse(`tickets are made in ${issuing.join(' and ')} alone`);
  return { endpoint, host, region: found, signature, accessKey: accessKeyOf(options) };
}

function accessKeyOf(options: SlsConnection): AccessKeySource {
  if ('credentials' in options) {
    const { credentials } = options;
    if ('accessKeyId' in options) refuse('credentials or accessKeyId, not both');
    return async () => checked(await credentials());
  }
  const fixed = checked(options);
  return () => fixed;
}

const checked = (key: AccessKey): AccessKey => ({
  accessKeyId: textOf(key, 'accessKeyId'),
  accessKeySecret: textOf(key, 'accessKeySecret'),
  securityToken: key.securityToken && textOf(key, 'securityToken'),
});
