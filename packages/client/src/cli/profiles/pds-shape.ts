/** What a profile of PDS takes. */

import type { OptionShapes, ProviderShape } from './shape.ts';

const address: OptionShapes = {
  endpoint: { kind: 'text', what: 'another server than https://{domainId}.api.aliyunpds.com' },
  allowPlainHttp: { kind: 'boolean', what: 'endpoint may be plain http on another machine' },
  replayWindowMs: { kind: 'ms', what: 'for how long a spent refresh token gives the same successor; default 60000' },
};

const jwtApplication: OptionShapes = {
  domainId: { kind: 'text', what: 'domain', isNeeded: true },
  subdomainId: { kind: 'text', what: 'subdomain' },
  clientId: { kind: 'text', what: 'id of the JWT application', isNeeded: true },
  privateKeyPem: { kind: 'text', what: 'its private key, PEM', isSecret: true, isNeeded: true },
};

export const pdsShape: ProviderShape = {
  what: 'sessions of Alibaba Cloud PDS',
  grants: {
    'user-jwt': {
      what: 'a JWT application signs for one user',
      options: {
        ...jwtApplication,
        userId: { kind: 'text', what: 'whose session', isNeeded: true },
        autoCreate: { kind: 'boolean', what: 'a user who does not exist is created' },
        ...address,
      },
    },
    'service-jwt': {
      what: "a JWT application signs for the domain's service account, a super administrator",
      options: { ...jwtApplication, ...address },
    },
    code: {
      what: 'a person logs in at a page of PDS',
      options: {
        domainId: { kind: 'text', what: 'domain; or endpoint', isAsked: true },
        clientId: { kind: 'text', what: 'id of the OAuth application', isNeeded: true },
        clientSecret: { kind: 'text', what: 'WebServer applications only', isSecret: true, isAsked: true },
        redirectUri: { kind: 'text', what: 'as registered; default http://127.0.0.1/callback on any free port' },
        loginType: { kind: 'text', what: 'how users log in; default default' },
        scope: { kind: 'text', what: 'default: everything that the application may' },
        pkce: { kind: 'boolean', what: 'default: where there is no secret' },
        identity: { kind: 'text', what: 'whose session; default: the name of the profile' },
        ...address,
      },
    },
  },
};
