/**
 * A link that opens a dashboard of the SLS console without a login, and the access token that goes with it.
 *
 *     ALIBABA_CLOUD_ACCESS_KEY_ID=… ALIBABA_CLOUD_ACCESS_KEY_SECRET=… SLS_PROJECT=website \
 *     SLS_DASHBOARD=dashboard-1609817292009-742588 node sls-console-link.ts
 *
 * Without the two variables of the key, the profile of the Alibaba Cloud CLI has it. SLS_ENDPOINT is for other servers than
 * https://cn-shanghai.log.aliyuncs.com: http://127.0.0.1:8420 for the emulator.
 */

import { createTokenSource } from '@hufu/client';
import { accessKeyFromMachine } from '@hufu/client/credentials';
import { dashboardLink } from '@hufu/client/embed';
import { sls } from '@hufu/client/providers/sls';

const { SLS_ENDPOINT: endpoint, SLS_PROJECT: project = '', SLS_DASHBOARD: dashboardId = '' } = process.env;
const day = 24 * 60 * 60;

await using source = createTokenSource({
  // A ticket for a week, so that the link lasts; its access tokens last an hour each.
  provider: sls({
    credentials: accessKeyFromMachine(),
    endpoint,
    expirationTime: 7 * day,
    accessTokenExpirationTime: 3600,
  }),
});

const token = await source.getToken();
const ticket = String(token.extra.ticket);

console.log(dashboardLink({ project, dashboardId, ticket }));
console.error(`access token of this ticket: good for ${Math.round(token.expiresInMs() / 60_000)} minutes`);
