/**
 * The vendor's SDK for PDS, with tokens that stay fresh: the token source takes the place of `refresh_token_fun`.
 *
 *     PDS_DOMAIN_ID=… PDS_CLIENT_ID=… PDS_PRIVATE_KEY="$(cat private.pem)" PDS_USER_ID=alice node pds-sdk.ts
 *
 * PDS_ENDPOINT is for other servers than https://{domain}.api.aliyunpds.com.
 */

import { createTokenSource } from '@hufu/client';
import { asPdsRefresher } from '@hufu/client/adapters';
import { pdsJwt } from '@hufu/client/providers/pds';
import { PDSClient } from 'aliyun-pds-js-sdk';

const { PDS_DOMAIN_ID: domainId = '', PDS_CLIENT_ID: clientId = '', PDS_USER_ID: userId = '' } = process.env;
const endpoint = process.env.PDS_ENDPOINT ?? `https://${domainId}.api.aliyunpds.com`;
const privateKeyPem = process.env.PDS_PRIVATE_KEY ?? '';

await using source = createTokenSource({ provider: pdsJwt({ domainId, clientId, privateKeyPem, userId, endpoint }) });

const pds = new PDSClient({ api_endpoint: endpoint, ...asPdsRefresher(source) });
console.log(JSON.stringify(await pds.postAPI('/drive/list_my_drives', { limit: 100 })));
