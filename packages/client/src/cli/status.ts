/** `hufu status`: how a profile stands, without asking anybody. */

import type { Command } from 'commander';
import { durationText } from './duration.ts';
import type { ClientIo } from './io.ts';
import { showList } from './list.ts';
import type { StatusView } from './status-view.ts';
import { exitCodes } from './terminal/exit-codes.ts';
import { show } from './terminal/output.ts';
import { listing } from './terminal/table.ts';
import { withProfile } from './with-profile.ts';

export function registerStatus(program: Command, io: ClientIo): void {
  program
    .command('status')
    .description('shows how a profile stands, without asking the server; exit code 3: log in')
    .argument('[profile]', 'default: all of them, as hufu list')
    .option('--json', 'one line of JSON')
    .action(async (name: string | undefined, { json }: { readonly json?: boolean }) => {
      if (name === undefined) return showList(io, json);
      const view = await withProfile(io, name, {}, async (profile) => {
        const { statusOf } = await import('./status-view.ts');
        return statusOf(profile);
      });
      show(io, json, view, () => listing(io, textOf(view, Date.now())));
      if (view.loginNeeded) io.exitCode = exitCodes.loginNeeded;
    });
}

function textOf(view: StatusView, nowMs: number): readonly (readonly [string, string])[] {
  const entries: readonly (readonly [string, string | null])[] = [
    ['profile', view.name],
    ['provider', `${view.provider}, ${view.grant}`],
    ['storage', view.storage],
    ['state', `${view.state}: ${meanings[view.state]}`],
    ['token ends', endText(view.expiresAt, nowMs)],
    ['renewable', view.renewable ? until(view.renewableUntil) : 'no'],
    ['log in', view.loginNeeded ? 'needed' : 'not needed'],
    ['scope', view.scope],
    ['subject', view.subject],
    ['problem', view.problem],
    ['asked again', endText(view.nextAttemptAt, nowMs)],
    ['written by', view.writer],
  ];
  return entries.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

const until = (instant: string | null): string => (instant === null ? 'yes' : `until ${instant}`);

const meanings: Readonly<Record<StatusView['state'], string>> = {
  empty: 'there is no token yet',
  fresh: 'the token is used as it is',
  soft: 'the token is used, and the next one is got ahead of its end',
  hard: 'the token is too close to its end to be used',
  expired: 'the token is over',
  cooldown: 'the last attempt failed, and the server is given a pause',
  uncertain: 'a refresh was cut off, and is taken up by whoever comes next',
  dead: 'the session is over',
  closed: 'closed',
};

/** An instant, and how far it is. */
export function endText(instant: string | null, nowMs: number): string | null {
  if (instant === null) return null;
  const leftMs = Date.parse(instant) - nowMs;
  return leftMs >= 0 ? `${instant}, in ${durationText(leftMs)}` : `${instant}, ${durationText(-leftMs)} ago`;
}
