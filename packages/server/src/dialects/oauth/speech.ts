/** What OAuth says about its sessions, from what an operator has set. */

import { paths } from '@hufu/wire/oauth';
import { readClientAssertion } from '../../core/assertion.ts';
import type { SessionSpeech } from '../../core/speech.ts';
import type { OAuthFormats } from './formats.ts';
import { longest } from './limits.ts';
import type { OAuthOptions } from './options.ts';

export const createSpeech = (
  options: OAuthOptions,
  accessFormats: OAuthFormats,
  issuer: () => string,
): SessionSpeech => ({
  name: 'oauth',
  sessionLifetimeSeconds: options.sessionLifetimeSeconds,
  accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds,
  rotation: {
    rotates: true,
    retryWindowSeconds: options.retryWindowSeconds,
    renewalLifetimeSeconds: options.renewalLifetimeSeconds,
  },
  accessFormats,
  assertions: {
    policy: {
      leewaySeconds: options.assertionLeewaySeconds,
      longestLifetimeSeconds: options.assertionMaximumSeconds,
      jtiLength: { minimum: 1, maximum: longest.jti },
      requiresJti: options.assertionsNeedJti,
      singleUse: true,
    },
    algorithms: ['ES256', 'RS256'],
    read: readClientAssertion,
    audiences: () => audiencesOf(issuer()),
  },
  defaultAudience: () => options.defaultResource ?? issuer(),
  roles: { user: 'user', service: 'service' },
  newProfile: () => ({}),
});

/** The issuer, or the endpoint that is called (RFC 7523, section 3): all of them are this server. */
const audiencesOf = (issuer: string): readonly string[] => [
  issuer,
  issuer + paths.token,
  issuer + paths.introspect,
  issuer + paths.revoke,
];
