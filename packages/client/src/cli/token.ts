/** `hufu token`: a token that is good to use now, on standard output and nowhere else. */

import { type Command, Option } from 'commander';
import type { Token } from '../core/token.ts';
import { durationMs } from './duration.ts';
import { type FormatName, formatNames } from './formats/names.ts';
import type { ClientIo } from './io.ts';
import type { OpenProfile } from './open-profile.ts';
import { exitCodes } from './terminal/exit-codes.ts';
import { CliError } from './terminal/failure.ts';
import { withProfile } from './with-profile.ts';

export interface TokenOptions {
  readonly format: FormatName;
  readonly minValidity: number;
  readonly forceRefresh?: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
}

export function registerToken(program: Command, io: ClientIo): void {
  program
    .command('token')
    .description('prints a token that is good to use now')
    .argument('<profile>')
    .addOption(new Option('--format <format>', 'form of the output').choices(formatNames).default('raw'))
    .addOption(
      new Option('--min-validity <duration>', 'how long it has to live from now on, at least')
        .argParser(durationMs)
        .default(0, '0s'),
    )
    .addOption(new Option('--force-refresh', 'another one than the one at hand').conflicts('offline'))
    .option('--offline', 'the one at hand, or none: nobody is asked')
    .option('--no-input', 'changes nothing: this command never asks a person')
    .option('--json', 'the same as --format json')
    .action((name: string, options: TokenOptions) =>
      withProfile(io, name, {}, async (profile) => {
        const token = await tokenFor(profile, options);
        const { formatted } = await import('./formats/format.ts');
        const issued = { profile: name, provider: profile.provider.id, token };
        io.stdout.write(formatted(issued, options.json ? 'json' : options.format, io.env));
      }),
    );
}

async function tokenFor({ name, source }: OpenProfile, options: TokenOptions): Promise<Token> {
  const { minValidity: minValidityMs, forceRefresh = false } = options;
  if (!options.offline) return source.getToken({ minValidityMs, forceRefresh });
  await source.ready();
  const token = source.peek();
  if (token?.isUsable(minValidityMs)) return token;
  const wanted = minValidityMs > 0 ? 'that lives for so long' : 'that can be used';
  throw new CliError(
    exitCodes.network,
    'offline',
    `${name}: there is no token at hand ${wanted}, and --offline asks nobody`,
  );
}
