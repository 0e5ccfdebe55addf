/** For `ali-oss`: temporary keys that are fresh for each request. */

import type { TokenSource } from '../core/types.ts';
import { temporaryKey } from './access-key.ts';

export interface OssCredentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly stsToken: string;
}

export interface OssRefresher {
  readonly refreshSTSToken: () => Promise<OssCredentials>;
  /** Milliseconds: 0 makes it ask before every request. */
  readonly refreshSTSTokenInterval: number;
}

/**
 * Options for `new OSS({ … })`, which also wants the first credentials: `await refresher.refreshSTSToken()`. The tokens of the
 * source are security tokens with `accessKeyId` and `accessKeySecret` in `extra`.
 *
 * With an interval, ali-oss notes the time before it waits, and requests meanwhile go out with the keys that have ended. Asked
 * each time, every request waits for good ones; while they are fresh that costs nothing.
 */
export function asOssRefresher(source: TokenSource): OssRefresher {
  return {
    refreshSTSTokenInterval: 0,
    async refreshSTSToken() {
      const { id, secret, securityToken } = temporaryKey(await source.getToken());
      return { accessKeyId: id, accessKeySecret: secret, stsToken: securityToken };
    },
  };
}
