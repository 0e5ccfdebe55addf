/** `hufu tour`: shows every flow of the original documents with real requests, and whether each goes as documented. */

import { exitCodes, paint } from '@hufu/client/terminal';
import type { Command } from 'commander';
import type { Tour } from '../emulator/tour/step.ts';
import type { StepReport } from '../emulator/tour/walk.ts';
import type { Io } from './io.ts';
import type { Painter } from './tour-text.ts';

export function registerTour(program: Command, io: Io): void {
  program
    .command('tour')
    .description('walks through every flow of the documents against an emulator, and checks what they promise')
    .option('--json', 'one line of JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { tours } = await import('../emulator/tour/tours.ts');
      await runTours(tours, json === true, io);
    });
}

export async function runTours(
  tours: readonly Tour[],
  json: boolean,
  io: Pick<Io, 'stdout' | 'exitCode'>,
): Promise<void> {
  const { walk } = await import('../emulator/tour/walk.ts');
  const { closingText, stepText, stepView } = await import('./tour-text.ts');
  const painter: Painter = (style, text) => paint(io, style, text);
  const reports: StepReport[] = [];
  for (const tour of tours) {
    for await (const report of walk(tour)) {
      reports.push(report);
      if (!json) io.stdout.write(`${stepText(painter, report, reports.length)}\n`);
    }
  }
  const ok = reports.every((report) => report.ok);
  if (json) io.stdout.write(`${JSON.stringify({ ok, steps: reports.map(stepView) })}\n`);
  else io.stdout.write(`${closingText(painter, reports)}\n`);
  if (!ok) io.exitCode = exitCodes.failed;
}
