/** The two ways to sign. Each is an import of its own: who uses one does not load the other. */

import {
  authorizationV1,
  authorizationV4,
  canonicalRequestV4,
  emptyBodySha256Hex,
  type SignedRequest,
  scopeV4,
  signingKeyV4,
  stringToSignV1,
  stringToSignV4,
} from '@hufu/wire/sls';
import type { AccessKey } from '../../core/access-key.ts';
import { base64, hex } from '../../core/crypto/bytes.ts';
import { hmacSha256 } from '../../core/crypto/hmac.ts';
import { sha256 } from '../../core/sha256.ts';

export interface SlsSignature {
  /** Headers that say when, and what of the empty body. */
  timeHeaders(nowMs: number): Record<string, string>;
  /** The header `Authorization`. */
  authorize(request: SignedRequest, key: AccessKey, region: string): Promise<string>;
}

/** The default. Signs the host, which proxies must not change. */
export const signatureV4: SlsSignature = {
  timeHeaders: (nowMs) => ({
    'x-log-date': new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, ''),
    'x-log-content-sha256': emptyBodySha256Hex,
  }),
  async authorize(request, { accessKeyId, accessKeySecret }, region) {
    const time = request.headers['x-log-date'] ?? '';
    const day = time.slice(0, 8);
    const scope = scopeV4(day, region);
    const text = stringToSignV4(time, scope, sha256(canonicalRequestV4(request, emptyBodySha256Hex)));
    const signature = await hmacSha256(signingKeyV4(accessKeySecret, day, region, hmacSha256), text);
    return `${authorizationV4} Credential=${accessKeyId}/${scope},Signature=${hex(signature)}`;
  },
};

/** The SDK's default. Signs `Date`, which no browser sends as it is told. */
export const signatureV1: SlsSignature = {
  // The SDK sends the empty digest as well.
  timeHeaders: (nowMs) => ({
    'x-log-signaturemethod': 'hmac-sha256',
    date: new Date(nowMs).toUTCString(),
    'content-md5': '',
  }),
  async authorize(request, { accessKeyId, accessKeySecret }) {
    return `${authorizationV1} ${accessKeyId}:${base64(await hmacSha256(accessKeySecret, stringToSignV1(request)))}`;
  },
};
