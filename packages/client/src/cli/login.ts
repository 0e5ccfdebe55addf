/** `hufu login`: a person logs in, or the profile's secrets are typed and tried. */

import { type Command, Option } from 'commander';
import { durationMs } from './duration.ts';
import type { ClientIo } from './io.ts';
import type { LoginOptions } from './login/log-in.ts';
import { endText } from './status.ts';
import { show } from './terminal/output.ts';
import { explained } from './with-profile.ts';

interface Options extends Omit<LoginOptions, 'timeoutMs'> {
  readonly timeout: number;
  readonly json?: boolean;
}

export function registerLogin(program: Command, io: ClientIo): void {
  program
    .command('login')
    .description('logs in: at a page of the server, or with the secrets that the profile says are typed')
    .argument('<profile>')
    .option('--no-browser', 'opens none: shows the address only')
    .option('--qr', 'shows the address as a QR code, too')
    .option('--no-qr', 'never shows one')
    .option('--paste', 'the browser is on another machine: asks for the address at which it ended')
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for the person')
        .argParser(durationMs)
        .default(durationMs('10m'), '10m'),
    )
    .option('--stdin <option>', 'reads this stored secret from standard input')
    .option('--no-input', 'asks nobody')
    .option('--json', 'one line of JSON: as hufu status')
    .action(async (name: string, { timeout, json, paste, qr, ...options }: Options) => {
      const { logIn } = await import('./login/log-in.ts');
      const wanted = { ...options, qr, paste: paste === true, timeoutMs: timeout };
      const view = await logIn(io, name, wanted).catch((thrown: unknown) => {
        throw explained(io, name, thrown, false);
      });
      show(io, json, view, () => {
        const end = endText(view.expiresAt, Date.now());
        return `logged in to ${name}${end === null ? '' : `: the token ends ${end}`}`;
      });
    });
}
