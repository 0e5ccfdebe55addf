/**
 * Temporary keys in the words of `ALIBABA_CLOUD_CREDENTIALS_URI`, which every SDK of Alibaba Cloud asks.
 *
 * @see https://github.com/aliyun/nodejs-credentials src/providers/uri.ts, version 2.4.7, read on 2026-11-22
 */

import { localEndMs } from '../../adapters/local-end.ts';
import type { JsonObject } from '../../core/types.ts';
import { rfc3339 } from '../formats/instant.ts';
import type { Issued } from '../formats/issued.ts';
import { keysOf } from '../formats/keys.ts';

/** Where no end is known, the SDKs are told one, so that they come back. */
const askedAgainMs = 60 * 60 * 1000;

/** Throws `TokenError` with `config` where the token has no keys. */
export function credentialsOf(issued: Issued): JsonObject {
  const { accessKeyId, accessKeySecret, securityToken } = keysOf(issued, '/v1/credentials');
  return {
    Code: 'Success',
    AccessKeyId: accessKeyId,
    AccessKeySecret: accessKeySecret,
    SecurityToken: securityToken,
    Expiration: rfc3339(localEndMs(issued.token) ?? Date.now() + askedAgainMs),
  };
}
