/** Where requests to PDS go. */

import { type EndpointOptions, endpointOf } from '../../core/endpoint.ts';
import { refuse, textOf } from '../../core/given.ts';

/** One of the two is enough. */
export interface PdsConnection extends EndpointOptions {
  /** Stands for the endpoint `https://{domainId}.api.aliyunpds.com`. */
  readonly domainId?: string | undefined;
  readonly endpoint?: string | undefined;
}

export interface PdsSettings {
  readonly endpoint: string;
  /** Whether the server is the vendor's, who gets nothing but what its own clients send. */
  readonly isVendor: boolean;
}

export const connectionNames = ['domainId', 'endpoint', 'allowPlainHttp'] as const;

/** Throws `TokenError` with `config`. */
export function settingsOf(options: PdsConnection): PdsSettings {
  const endpoint = endpointOf(options.endpoint ?? vendorOf(textOf(options, 'domainId')), options);
  return { endpoint, isVendor: endpoint.endsWith('.aliyunpds.com') };
}

/** A name with a dot or a slash in it would lead to another host. */
const vendorOf = (domainId: string): string =>
  /^[\w-]+$/.test(domainId) ? `${domainId}.api.aliyunpds.com` : refuse('domainId is no name of a domain');
