/**
 * What a started emulator tells: the one line of `hufu dev --json`. Users' tests read it: members are added, never renamed.
 * The order of members is the order of printing.
 */

import { issuingRegions } from '@hufu/wire/sls';
import { version } from '../version.ts';
import type { Demo, DemoAccessKey, DemoTemporary, ServerSecrets } from './demo.ts';
import type { OAuthDemo } from './demo-oauth.ts';
import type { PdsDemo } from './demo-pds.ts';
import type { ScnetDemo } from './demo-scnet.ts';

export interface Description {
  readonly url: string;
  readonly version: string;
  readonly dataDir: string;
  /** Bearer token of `/admin/v1`. */
  readonly admin: { readonly token: string };
  readonly sls: DemoAccessKey & {
    /** `host:port`, as the vendor's SDK takes it. */
    readonly endpoint: string;
    readonly regionId: string;
    /** `expiresAt` is an instant of the emulator's clock, in ISO 8601. */
    readonly temporary: DemoTemporary & { readonly expiresAt: string };
    /** Of a user without `log:CreateTicket`. */
    readonly denied: DemoAccessKey;
  };
  readonly pds: PdsDemo & {
    /** URL in the place of the vendor's `https://{domainId}.api.aliyunpds.com`. */
    readonly apiEndpoint: string;
  };
  readonly scnet: ScnetDemo & {
    /** URLs in the place of the vendor's `https://www.scnet.cn` and `https://api.scnet.cn`. */
    readonly acBase: string;
    readonly apiBase: string;
  };
  readonly oauth: OAuthDemo & { readonly issuer: string };
}

export function describe(
  url: string,
  dataDir: string,
  { adminToken }: Pick<ServerSecrets, 'adminToken'>,
  demo: Demo,
  temporary: { readonly number: number; readonly expiresAtMs: number },
): Description {
  const { accessKeyId, accessKeySecret } = demo.lasting;
  return {
    url,
    version,
    dataDir,
    admin: { token: adminToken },
    sls: {
      endpoint: new URL(url).host,
      regionId: issuingRegions[0],
      accessKeyId,
      accessKeySecret,
      temporary: {
        ...demo.temporary(temporary.number),
        expiresAt: new Date(temporary.expiresAtMs).toISOString(),
      },
      denied: demo.denied,
    },
    pds: { apiEndpoint: url, ...demo.pds },
    scnet: { acBase: url, apiBase: url, ...demo.scnet },
    oauth: { issuer: url, ...demo.oauth },
  };
}
