/** What PDS says about its sessions: lifetimes, rotation, the access token and the assertions. */

import type { SessionSpeech } from '../../core/speech.ts';
import type { TokenFormat } from '../../core/token.ts';
import { readPdsAssertion } from './assertion.ts';
import type { PdsOptions } from './options.ts';
import { roles } from './roles.ts';

export function sessionSpeech(options: PdsOptions, accessFormat: TokenFormat): SessionSpeech {
  const { renewalLifetimeSeconds, sessionLifetimeSeconds } = options;
  return {
    name: 'pds',
    // A session whose end does not move is one that ends where its first refresh token does.
    sessionLifetimeSeconds:
      options.renewalEnd === 'fixed'
        ? Math.min(renewalLifetimeSeconds, sessionLifetimeSeconds)
        : sessionLifetimeSeconds,
    accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds,
    rotation: {
      rotates: true,
      retryWindowSeconds: options.retryWindowSeconds,
      renewalLifetimeSeconds: renewalLifetimeSeconds,
    },
    accessFormats: { jwt: accessFormat, opaque: accessFormat },
    assertions: {
      policy: {
        leewaySeconds: options.assertionLeewaySeconds,
        longestLifetimeSeconds: options.assertionMaximumSeconds,
        jtiLength: { minimum: options.jtiMinimumLength, maximum: options.jtiMaximumLength },
        requiresJti: true,
        singleUse: options.assertionReplay === 'refuse',
      },
      algorithms: ['RS256'],
      read: readPdsAssertion,
      audiences: ({ tenant }) => [tenant],
    },
    defaultAudience: () => undefined,
    roles,
    // Drives belong to PDS itself: whoever keeps them tells the directory which one is a user's.
    newProfile: () => ({}),
  };
}

/** The subdomain that a session is opened for is what its tokens are for; the vendor's answer repeats it. */
export const inSubdomain = (speech: SessionSpeech, subdomainId: string | undefined): SessionSpeech =>
  subdomainId === undefined ? speech : { ...speech, defaultAudience: () => subdomainId };
