/** Requests of a JWT application, byte for byte as the official SDK sends them, and the assertions in them. */

import { assertionClaims, assertionPayload, sdkForms, sdkHeader, type TokenRequest } from '@hufu/wire/pds';
import type { HttpRequest } from '../load/load.ts';
import { type AssertionKey, signAssertions } from './assertions.ts';
import { post } from './post.ts';
import { userIdOf } from './users.ts';

export interface PdsApp {
  readonly host: string;
  readonly clientId: string;
  readonly domainId: string;
  readonly key: AssertionKey;
}

export const getUserJwtToken = ({ host, clientId }: PdsApp, assertion: string): HttpRequest =>
  asSdk(host, sdkForms.getUserJwtToken({ client_id: clientId, assertion }));

export const refreshJwtToken = ({ host, clientId }: PdsApp, refreshToken: string): HttpRequest =>
  asSdk(host, sdkForms.refreshJwtToken({ client_id: clientId, refresh_token: refreshToken }));

/** @param count of assertions: each has a `jti` of its own, and creates its user where there is none. */
export function pdsAssertions({ clientId, domainId, key }: PdsApp, count: number): Promise<string[]> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  return signAssertions(key, count, (number) =>
    assertionPayload(
      assertionClaims({
        clientId,
        domainId,
        subject: { type: 'user', userId: userIdOf(number), autoCreate: true },
        jti: crypto.randomUUID(),
        nowSeconds,
      }),
    ),
  );
}

const asSdk = (host: string, { path, contentType, body }: TokenRequest): HttpRequest =>
  post({
    host,
    path,
    contentType,
    body,
    headers: [
      ['accept', 'application/json, text/plain, */*'],
      [sdkHeader, '1.4.0'],
      ['user-agent', 'axios/0.30.3'],
    ],
  });
