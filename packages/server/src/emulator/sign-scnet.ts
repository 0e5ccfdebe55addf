/** Signs logins to SCNet as the document of the AK/SK login has it, for the emulator's ready-made calls and its tour. */

import { type AccessKeyLogin, sign, timestampText } from '@hufu/wire/scnet';
import { hashing } from '../keys/hashing.ts';

export interface ScnetCredentials {
  readonly user: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export function signScnet({ user, accessKey, secretKey }: ScnetCredentials, atMs: number): AccessKeyLogin {
  const timestamp = timestampText(atMs / 1000);
  const hmac = (key: string, text: string): string => hashing.hmacText('sha256', key, text, 'hex');
  return { user, accessKey, timestamp, signature: sign(secretKey, { user, accessKey, timestamp }, hmac) };
}
