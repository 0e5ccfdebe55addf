/** `hufu link`: the address of a page of the SLS console that opens with the ticket of a profile. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import { addCommon, type LinkOptions, type LinkPage, linkPages, linkTo } from './link/pages.ts';
import { qrOf } from './qr.ts';
import { usageError } from './terminal/failure.ts';
import { note, show } from './terminal/output.ts';
import { withProfile } from './with-profile.ts';

interface OutputOptions {
  readonly open?: boolean;
  readonly qr?: boolean;
  readonly json?: boolean;
}

export function registerLink(program: Command, io: ClientIo): void {
  const link = program.command('link').description('the address of a page of the SLS console, with a ticket in it');
  for (const page of linkPages) {
    const command = link
      .command(page.verb, { isDefault: page.page === 'query' })
      .description(page.description)
      .argument('<profile>', 'of SLS, whose ticket goes into the link');
    addCommon(page.add(command), page.page)
      .option('--open', 'open it in the browser')
      .option('--qr', 'a QR code above it')
      .option('--no-input', 'changes nothing: this command never asks a person')
      .option('--json', 'one line of JSON')
      .action((name: string, options: LinkOptions & OutputOptions) => print(io, name, page, options));
  }
}

async function print(io: ClientIo, name: string, { page }: LinkPage, options: LinkOptions & OutputOptions) {
  if (options.qr && options.json) throw usageError('--qr or --json, not both');
  const { url, expiresAt } = await withProfile(io, name, {}, async ({ profile, source }) => {
    if (profile.provider !== 'sls')
      throw usageError(`${name} is a profile of ${profile.provider}, and tickets are of sls`);
    const { ticketOf } = await import('./link/ticket.ts');
    const { ticket, expiresAt } = ticketOf(await source.getToken());
    return { url: await linkTo(page, options, ticket), expiresAt };
  });
  const lines = options.qr ? [await qrOf(url), url] : [url];
  // Whoever has the link may do what the ticket may: it is the answer, and stands nowhere else.
  show(io, options.json, { url, page, expiresAt }, () => lines.join('\n'));
  if (!options.open) return;
  if (!io.openBrowser) return note(io, `${io.program}: there is no browser to open here`);
  await io.openBrowser(url);
}
