/**
 * A JWT application of PDS: the drives of a user, and of the whole domain by its service account.
 *
 *     PDS_DOMAIN_ID=… PDS_CLIENT_ID=… PDS_PRIVATE_KEY="$(cat private.pem)" PDS_USER_ID=alice node pds-jwt.ts
 *
 * PDS_ENDPOINT is for other servers than https://{domain}.api.aliyunpds.com.
 */

import { createTokenSource, type Provider } from '@hufu/client';
import { createFetch } from '@hufu/client/fetch';
import { pdsJwt } from '@hufu/client/providers/pds';

const { PDS_DOMAIN_ID: domainId = '', PDS_CLIENT_ID: clientId = '', PDS_USER_ID: userId = '' } = process.env;
const endpoint = process.env.PDS_ENDPOINT ?? `https://${domainId}.api.aliyunpds.com`;
const application = { domainId, clientId, privateKeyPem: process.env.PDS_PRIVATE_KEY ?? '', endpoint };

async function drivesOf(provider: Provider, path: string): Promise<void> {
  await using source = createTokenSource({ provider });
  // Carries the token, and asks for another one where PDS says that this one no longer holds.
  const send = createFetch(source, { origins: [endpoint], authFailure: provider.isAuthFailure });
  const answer = await send(`${endpoint}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ limit: 100 }),
  });
  const { subject, extra } = await source.getToken();
  console.log(`${subject} (${extra.role}): ${answer.status} ${await answer.text()}`);
}

await drivesOf(pdsJwt({ ...application, userId }), '/v2/drive/list_my_drives');
await drivesOf(pdsJwt({ ...application, service: true }), '/v2/drive/list');
