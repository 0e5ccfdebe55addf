/** Calls of SCNet, as a client with a kept connection sends them: everything stands in headers. */

import { createHmac } from 'node:crypto';
import { requests, type ScnetRequest, sign, timestampText } from '@hufu/wire/scnet';
import type { HttpRequest } from '../load/load.ts';

export interface ScnetCaller {
  readonly user: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export const renew = (host: string, token: string): HttpRequest => kept(host, requests.renew(token));

/** Good for five minutes, and for any number of logins. */
export function accessKeyLogin(host: string, { user, accessKey, secretKey }: ScnetCaller): HttpRequest {
  const timestamp = timestampText(Date.now() / 1000);
  const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
  const signature = sign(secretKey, { user, accessKey, timestamp }, hmac);
  return kept(host, requests.accessKeyLogin({ user, accessKey, signature, timestamp }));
}

const kept = (host: string, { method, path, headers }: ScnetRequest): HttpRequest => ({
  method,
  path,
  headers: [...Object.entries(headers), ['content-length', '0'], ['host', host], ['connection', 'keep-alive']],
  body: '',
});
