/**
 * Start it as often as you like, at once: all of them use one session, and one of them refreshes it for the others.
 *
 *     PDS_DOMAIN_ID=… PDS_CLIENT_ID=… PDS_PRIVATE_KEY="$(cat private.pem)" PDS_USER_ID=alice \
 *     sh -c 'for n in 1 2 3 4 5 6 7 8; do node many-processes.ts & done; wait'
 *
 * PDS_ENDPOINT is for other servers than https://{domain}.api.aliyunpds.com.
 */

import { nodeTokenSource } from '@hufu/client/node';
import { pdsJwt } from '@hufu/client/providers/pds';

const { PDS_DOMAIN_ID: domainId = '', PDS_CLIENT_ID: clientId = '', PDS_USER_ID: userId = '' } = process.env;
const { PDS_PRIVATE_KEY: privateKeyPem = '', PDS_ENDPOINT: endpoint } = process.env;

// Records and locks are files in the user's data folder, which no one else can read.
await using source = nodeTokenSource({ provider: pdsJwt({ domainId, clientId, privateKeyPem, userId, endpoint }) });

let isAdopted = false;
source.on('refresh.success', ({ by }) => {
  isAdopted = by === 'adopted';
});
const token = await source.getToken();
console.log(`${process.pid}: generation ${token.generation}, ${isAdopted ? 'found' : 'made'} by this process`);
