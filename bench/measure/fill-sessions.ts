/** Fills a data folder with sessions of OAuth, straight through the store and the key ring, as fast as they can. */

import { composeServer } from '../../packages/server/src/compose.ts';
import { loadConfig } from '../../packages/server/src/config/load.ts';
import type { Grant } from '../../packages/server/src/core/grant.ts';
import { newSession, sessionEvent } from '../../packages/server/src/service/session.ts';
import type { Progress } from '../progress.ts';
import { userIdOf } from '../requests/users.ts';
import type { SessionInstallation } from '../targets/session-installation.ts';

/** What the API gives a service client. */
const rotation = { rotates: true, retryWindowSeconds: 60, renewalLifetimeSeconds: 30 * 86_400 } as const;
const lifetimes = { lifetimeSeconds: 365 * 86_400, accessTokenLifetimeSeconds: 600 } as const;

const sliceSessions = 5000;
const reportedSlices = 20;

/**
 * @param mostTokens refresh tokens that are wanted.
 * @returns those of sessions that are evenly spread over all of them.
 */
export async function fillSessions(
  { apps, environment }: SessionInstallation,
  count: number,
  mostTokens: number,
  progress: Progress,
): Promise<string[]> {
  const server = await composeServer(loadConfig({ env: { ...environment, HUFU_LOG_LEVEL: 'silent' } }));
  const { store, ring, random } = server.parts;
  const context = { requestId: 'FILL', remote: '127.0.0.1' };
  const step = Math.ceil(count / mostTokens);
  const tokens: string[] = [];
  let made = 0;

  function next(): Promise<void> {
    const nowMs = Date.now();
    const ask = {
      tenant: apps.tenant,
      subject: userIdOf(made),
      clientId: apps.service.id,
      binding: `${apps.service.id} client_secret`,
      scope: undefined,
      audience: apps.issuer,
      ...lifetimes,
    };
    const grant: Grant = newSession(random, { name: 'oauth', rotation }, ask, nowMs);
    const { id, generation } = grant;
    if (made++ % step === 0) tokens.push(ring.refreshTokens.mint({ grantId: id, generation }, nowMs));
    return store.createGrant(grant, sessionEvent(grant, 'jwt_bearer', { ...context, nowMs }));
  }

  try {
    for (let slice = 1; made < count; slice++) {
      await Promise.all(Array.from({ length: Math.min(sliceSessions, count - made) }, next));
      if (slice % reportedSlices === 0) progress(`${made} of ${count} sessions`);
    }
  } finally {
    await server.close();
  }
  return tokens;
}
