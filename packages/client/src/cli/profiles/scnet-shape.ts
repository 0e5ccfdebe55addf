/** What a profile of SCNet takes. */

import type { OptionShapes, ProviderShape } from './shape.ts';

const account: OptionShapes = {
  user: { kind: 'text', what: 'login name on the platform', isNeeded: true },
};

const region: OptionShapes = {
  clusterId: { kind: 'text', what: 'region; default 0, the platform itself', isAsked: true },
  withCenter: { kind: 'boolean', what: "whether the region's addresses are asked for, too; default true" },
  acBase: { kind: 'text', what: 'another server than https://www.scnet.cn' },
  apiBase: { kind: 'text', what: 'another server than https://api.scnet.cn for the AK/SK login' },
  allowPlainHttp: { kind: 'boolean', what: 'the servers may be plain http on another machine' },
};

export const scnetShape: ProviderShape = {
  what: 'tokens of SCNet / AccCloud',
  grants: {
    'access-key': {
      what: 'AK and SK of the console sign',
      options: {
        ...account,
        accessKey: { kind: 'text', what: 'AK', isNeeded: true },
        secretKey: { kind: 'text', what: 'SK', isSecret: true, isNeeded: true },
        ...region,
      },
    },
    password: {
      what: 'a password, for third parties with an orgId',
      options: {
        ...account,
        password: { kind: 'text', what: 'of the user', isSecret: true, isNeeded: true },
        orgId: { kind: 'text', what: 'id that the third party was given', isNeeded: true },
        ...region,
      },
    },
  },
};
