/** What a doctor found about one thing, and how a person sees it: one line a check. */

import { padDisplay, printable } from './display-width.ts';
import { exitCodes } from './exit-codes.ts';
import type { TerminalIo } from './io.ts';
import { show } from './output.ts';
import { type Paint, paint } from './paint.ts';

export interface Check {
  /** Stable, for scripts. */
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, and where it is not as it should be, what to do. Never a secret. */
  readonly detail: string;
}

export const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail });
export const warning = (name: string, detail: string): Check => ({ name, state: 'warning', detail });
export const failed = (name: string, detail: string): Check => ({ name, state: 'failed', detail });
export const skipped = (name: string, detail: string): Check => ({ name, state: 'skipped', detail });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error');

const paints: Readonly<Record<Check['state'], Paint>> = {
  ok: 'green',
  warning: 'yellow',
  failed: 'red',
  skipped: 'dim',
};

const nameWidth = 13;

/** One screen, or one line of JSON; the exit code is 1 where a check failed. */
export function showChecks(io: TerminalIo, json: boolean | undefined, checks: readonly Check[]): void {
  const isHealthy = checks.every(({ state }) => state !== 'failed');
  show(io, json, { ok: isHealthy, checks }, () => checks.map((check) => lineOf(io, check)).join('\n'));
  if (!isHealthy) io.exitCode = exitCodes.failed;
}

const lineOf = (io: Pick<TerminalIo, 'stdout'>, { name, state, detail }: Check): string =>
  `${paint(io, paints[state], padDisplay(state, 7))}  ${padDisplay(name, nameWidth)}  ${printable(detail)}`;
