/** Sessions: refresh with rotation, jwt-bearer, introspection, client_credentials, and what one of them leaves behind. */

import type { Load } from '../load/load.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import { startEchoes } from '../targets/echo.ts';
import { serveHufuSessions } from '../targets/hufu-sessions.ts';
import { startOidcSessions } from '../targets/oidc-sessions.ts';
import { installSessions } from '../targets/session-installation.ts';
import { sessionOperations } from '../targets/session-operations.ts';
import { measureOneSession, type OneSession } from './one-session.ts';
import { type Example, exampleOf, type SessionName, sessionContestants } from './session-contestants.ts';
import { measureInTurns, type Row } from './turns.ts';

export type SessionRow = Row<SessionName>;

export interface Sessions {
  readonly rows: readonly SessionRow[];
  readonly one: OneSession;
}

export async function measureSessions(load: Load, options: Options, progress: Progress): Promise<Sessions> {
  progress('one session, refreshed again and again');
  const one = await measureOneSession(options.data);
  return { rows: await measureRates(load, options, progress), one };
}

async function measureRates(load: Load, options: Options, progress: Progress): Promise<SessionRow[]> {
  const { connections } = options;
  await using installation = await installSessions(options.data);
  await using hufu = await serveHufuSessions(installation);
  await using peer = await startOidcSessions();
  const examples: Example[] = [];
  for (const operation of sessionOperations) examples.push(await exampleOf(hufu, operation, connections));
  await using echoes = await startEchoes(examples.map(({ answer }) => answer));
  const contestants = sessionContestants(load, connections, { hufu, peer }, examples, echoes.targets);
  // Awaited here: the servers end with this function.
  return await measureInTurns(contestants, options, progress);
}
