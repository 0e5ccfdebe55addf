/** `hufu profile`: what is to be got, from whom, and where its secrets are. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import type { GivenProfile } from './profiles/given.ts';
import { note, show } from './terminal/output.ts';
import { repeated } from './terminal/repeated.ts';
import { listing, table } from './terminal/table.ts';

interface JsonOption {
  readonly json?: boolean;
}

interface AddOptions extends GivenProfile, JsonOption {
  readonly force?: boolean;
  readonly input: boolean;
}

export function registerProfile(program: Command, io: ClientIo): void {
  const profile = program.command('profile').description('profiles: what is to be got, from whom, with which secrets');
  const command = (name: string, description: string): Command =>
    profile.command(name).description(description).option('--json', 'one line of JSON');

  withGiven(command('add', 'adds a profile; on a terminal it asks for what is missing'))
    .option('--provider <name>', 'sls, pds, scnet or oauth2')
    .option('--force', 'replaces one of this name')
    .option('--no-input', 'never asks')
    .action(async (name: string, options: AddOptions) => {
      const { addProfile } = await import('./profiles/add-profile.ts');
      const added = await addProfile(io, name, options);
      show(io, options.json, added.view, () => `added ${name}`);
      for (const text of added.notes) note(io, text);
    });

  withGiven(command('set', 'changes options of a profile'))
    .option('--unset <option>', 'takes the default again; may be repeated', repeated, [])
    .action(async (name: string, options: GivenProfile & JsonOption) => {
      const { setProfile } = await import('./profiles/set-profile.ts');
      const changed = await setProfile(io, name, options);
      show(io, options.json, changed.view, () => `changed ${name}`);
      for (const text of changed.notes) note(io, text);
    });

  command('show', 'shows a profile: where its secrets are, never what they are')
    .argument('<profile>')
    .action(async (name: string, { json }: JsonOption) => {
      const { findProfile } = await import('./profiles/find-profile.ts');
      const { profileView, viewText } = await import('./profiles/view.ts');
      const view = profileView(name, await findProfile(io, name));
      show(io, json, view, () =>
        listing(
          io,
          Object.entries(view).map(([key, value]) => [key, viewText(value)]),
        ),
      );
    });

  command('list', 'lists the profiles').action(async ({ json }: JsonOption) => {
    const { listProfiles } = await import('./profiles/view.ts');
    const rows = await listProfiles(io.env);
    show(io, json, { rows }, () =>
      table(
        io,
        [
          { title: 'NAME', of: ({ name }) => name },
          { title: 'PROVIDER', of: ({ provider }) => provider ?? '-' },
          { title: 'GRANT', of: ({ grant }) => grant ?? '-' },
          { title: 'STORAGE', of: ({ storage }) => storage ?? '-' },
          { title: 'PROBLEM', of: ({ problem }) => problem ?? '-' },
        ],
        rows,
      ),
    );
  });

  command('remove', 'removes a profile with its tokens and stored secrets; ends its session at the server')
    .argument('<profile>')
    .option('--keep-remote', 'leaves the session at the server as it is')
    .action(async (name: string, { json, keepRemote }: JsonOption & { readonly keepRemote?: boolean }) => {
      const { removeProfile } = await import('./profiles/remove-profile.ts');
      const { notes, ...view } = await removeProfile(io, name, keepRemote !== true);
      show(io, json, view, () => `removed ${name}`);
      for (const text of notes) note(io, text);
    });

  command('path', 'prints where the profiles are').action(async ({ json }: JsonOption) => {
    const { profilesPath } = await import('./profiles/profiles-file.ts');
    const path = profilesPath(io.env);
    show(io, json, { path }, () => path);
  });
}

const withGiven = (command: Command): Command =>
  command
    .argument('<profile>')
    .option('--grant <name>', 'how tokens are got, where the provider has several ways')
    .option(
      '--set <option=value>',
      "an option of the provider, by the provider's own name; may be repeated",
      repeated,
      [],
    )
    .option(
      '--secret <option=place>',
      'where a value is: env:NAME, file:PATH, command:PROGRAM ARGUMENT …, or stored (typed at login); may be repeated',
      repeated,
      [],
    )
    .option('--storage <name>', 'where tokens are kept: auto, keychain, sealed, file or memory');
