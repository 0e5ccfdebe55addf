/**
 * A job on a region of SCNet: the token of the region, its addresses, and a fetch that puts the token into the header `token`.
 *
 *     SCNET_USER=… SCNET_ACCESS_KEY=… SCNET_SECRET_KEY=… SCNET_CLUSTER_ID=11250 \
 *     SCNET_JOB_MANAGER=1638523853 SCNET_QUEUE=debug node scnet-job.ts 'sleep 500'
 *
 * The AK and SK come from 个人中心 → 访问控制. SCNET_AC_BASE and SCNET_API_BASE are for other servers than www.scnet.cn and
 * api.scnet.cn.
 */

import { createTokenSource } from '@hufu/client';
import { createFetch } from '@hufu/client/fetch';
import { scnet, scnetUrls } from '@hufu/client/providers/scnet';

const { SCNET_USER: user = '', SCNET_ACCESS_KEY: accessKey = '', SCNET_SECRET_KEY: secretKey = '' } = process.env;
const { SCNET_CLUSTER_ID: clusterId, SCNET_AC_BASE: acBase, SCNET_API_BASE: apiBase } = process.env;
const [command = 'hostname'] = process.argv.slice(2);

const provider = scnet({ user, accessKey, secretKey, clusterId, acBase, apiBase });
await using source = createTokenSource({ provider });

const token = await source.getToken();
const [hpc] = scnetUrls(token)?.hpc ?? [];
if (hpc === undefined) throw new Error('this region takes no jobs');
const folder = `${token.extra.homePath}/jobs/${new Date().toISOString().replace(/\W/g, '')}`;

const send = createFetch(source, {
  origins: [hpc],
  header: { name: 'token', value: ({ token }) => token },
  // A token that no longer holds is refused with status 200 and code 10008.
  authFailure: provider.isAuthFailure,
  refusalsIn: 'json',
});

const answer = await send(`${hpc}/openapi/v2/apptemplates/BASIC/BASE/job`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    strJobManagerID: Number(process.env.SCNET_JOB_MANAGER),
    mapAppJobInfo: {
      GAP_CMD_FILE: command,
      GAP_SUBMIT_TYPE: 'cmd',
      GAP_JOB_NAME: 'example',
      GAP_APPNAME: 'BASE',
      GAP_QUEUE: process.env.SCNET_QUEUE ?? 'debug',
      GAP_NNODE: '1',
      GAP_NODE_STRING: '',
      GAP_PPN: '1',
      GAP_WALL_TIME: '01:00:00',
      GAP_WORK_DIR: folder,
      GAP_STD_OUT_FILE: `${folder}/std.out.%j`,
      GAP_STD_ERR_FILE: `${folder}/std.err.%j`,
    },
  }),
});
console.log(await answer.text());
