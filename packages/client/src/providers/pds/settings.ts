/** Where requests to PDS go. */

import { domainOfHost } from '@hufu/wire/pds';
import { type EndpointOptions, endpointOf } from '../../core/endpoint.ts';
import { refuseGiven, textOf } from '../../core/given.ts';

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
export const connectionHints = {
  api_endpoint: 'it is endpoint',
  auth_endpoint: 'it is endpoint',
  domain_id: 'it is domainId',
};

/** Throws `TokenError` with `config`. */
export function settingsOf(call: string, options: PdsConnection): PdsSettings {
  const endpoint =
    options.endpoint === undefined
      ? vendorOf(call, options)
      : endpointOf(`${call}: endpoint`, options.endpoint, options);
  return { endpoint, isVendor: domainOfHost(new URL(endpoint).host) !== undefined };
}

function vendorOf(call: string, { domainId }: PdsConnection): string {
  const host = `${textOf(call, 'domainId', domainId)}.api.aliyunpds.com`;
  return domainOfHost(host) === undefined ? refuseGiven(call, 'domainId is no name of a domain') : `https://${host}`;
}
