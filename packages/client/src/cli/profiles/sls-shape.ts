/** What a profile of SLS takes. */

import type { ProviderShape } from './shape.ts';

export const slsShape: ProviderShape = {
  what: 'tickets and access tokens of Alibaba Cloud SLS',
  grants: {
    ticket: {
      what: 'an AccessKey signs',
      options: {
        credentials: {
          kind: 'accessKey',
          what: 'machine (environment, then the Alibaba Cloud CLI), or alibaba-cli:PROFILE; default machine',
          isAsked: true,
        },
        accessKeyId: { kind: 'text', what: 'in place of credentials' },
        accessKeySecret: { kind: 'text', what: 'of accessKeyId', isSecret: true },
        securityToken: { kind: 'text', what: 'of temporary credentials', isSecret: true },
        region: { kind: 'text', what: 'default cn-shanghai; ap-southeast-1 is Singapore', isAsked: true },
        endpoint: { kind: 'text', what: 'another server than https://{region}.log.aliyuncs.com' },
        allowPlainHttp: { kind: 'boolean', what: 'endpoint may be plain http on another machine' },
        signature: { kind: ['v4', 'v1'], what: 'default v4' },
        expirationTime: { kind: 'seconds', what: 'life of tickets' },
        accessTokenExpirationTime: { kind: 'seconds', what: 'life of access tokens' },
        identity: { kind: 'text', what: 'whose tokens these are, where ids of temporary keys change' },
      },
    },
  },
};
