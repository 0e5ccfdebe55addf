/** What a refresh costs with few and with many live sessions. */

import type { Load, Traffic } from '../load/load.ts';
import type { Options } from '../options.ts';
import type { Progress } from '../progress.ts';
import { forHost } from '../requests/post.ts';
import { sendSuccessfully } from '../requests/send.ts';
import { users } from '../requests/users.ts';
import { startEchoes } from '../targets/echo.ts';
import { folderBytes } from '../targets/grants.ts';
import { type HufuSessions, serveHufuSessions } from '../targets/hufu-sessions.ts';
import { installSessions } from '../targets/session-installation.ts';
import { hostOf } from '../targets/target.ts';
import { fillSessions } from './fill-sessions.ts';
import { type GrowthRow, measureGrowth, type Side } from './growth.ts';
import { checkSameRows } from './same-rows.ts';

export interface SessionGrowth {
  readonly sessions: number;
  readonly users: number;
  /** How long the store took to write them. */
  readonly seconds: number;
  readonly folderBytes: number;
  /** Sessions that were refreshed in turn, on the side of the many. */
  readonly presented: number;
  readonly row: GrowthRow;
}

/** More where a great many windows each lose those that were under way at their end. */
const fewSessions = ({ connections, growthRounds }: Options): number =>
  Math.max(1000, connections * (growthRounds + 3));
/** More than a window reaches, so that refreshes meet pages that were not touched lately. */
const mostPresented = 50_000;

export async function measureSessionGrowth(load: Load, options: Options, progress: Progress): Promise<SessionGrowth> {
  const { connections, sessions, growthRounds: rounds } = options;
  const fewer = fewSessions(options);
  await checkSameRows(options.data, progress);
  await using manyInstalled = await installSessions(options.data);
  const startMs = performance.now();
  const manyTokens = await fillSessions(manyInstalled, sessions, mostPresented, progress);
  const filled = {
    sessions,
    users,
    seconds: (performance.now() - startMs) / 1000,
    folderBytes: folderBytes(manyInstalled.folder),
    presented: manyTokens.length,
  };
  await using fewInstalled = await installSessions(options.data);
  const fewTokens = await fillSessions(fewInstalled, fewer, mostPresented, progress);

  await using few = await serveHufuSessions(fewInstalled);
  await using many = await serveHufuSessions(manyInstalled);
  const [fewSide, manySide] = [sideOf(few, fewer, fewTokens), sideOf(many, sessions, manyTokens)];
  await using echoes = await startEchoes([await refreshAnswer(few)]);
  const [floor] = echoes.targets;
  if (!floor) throw new Error('no echo was started');
  const subject = { operation: 'OAuth refresh, ES256', floor, few: fewSide, many: manySide };
  return { ...filled, row: await measureGrowth(load, subject, { connections, rounds }, progress) };
}

/** A run goes on with the refresh tokens that the one before it has left; nothing has to be put back. */
function sideOf(hufu: HufuSessions, grants: number, tokens: readonly string[]): Side {
  let texts = tokens;
  return {
    target: hufu,
    grants,
    ready: async () => {},
    trafficFor(host): Traffic {
      const queue = { kind: 'queue', texts, successor: 'refresh_token' } as const;
      if (host !== hostOf(hufu)) return { ...queue, requestOf: (text) => forHost(hufu.refreshRequest(text), host) };
      const keepRest = (rest: readonly string[]): void => {
        texts = rest;
      };
      return { ...queue, requestOf: hufu.refreshRequest, keepRest };
    },
  };
}

async function refreshAnswer(hufu: HufuSessions): Promise<string> {
  const [session] = await hufu.openOAuth(1);
  if (!session) throw new Error('no session was opened');
  return sendSuccessfully(hufu.url, hufu.refreshRequest(session.refreshToken));
}
