/** `hufu git-credential PROFILE`: git asks for a name and a password, and gets the token of a profile. */

import { text as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import { localEndMs } from '../adapters/local-end.ts';
import { durationMs } from './duration.ts';
import type { AnswerOptions, Refusal } from './git-credential/answer.ts';
import type { CredentialRequest } from './git-credential/protocol.ts';
import type { ClientIo } from './io.ts';
import { note } from './terminal/output.ts';
import { repeated } from './terminal/repeated.ts';
import { withProfile } from './with-profile.ts';

interface GitOptions {
  readonly host?: readonly string[];
  readonly username: string;
  readonly bearer?: boolean;
  readonly minValidity?: number;
}

/** A clone may take its time, and git asks once. */
const usualValidityMs = 5 * 60 * 1000;

export function registerGitCredential(program: Command, io: ClientIo): void {
  program
    .command('git-credential')
    .description('a credential helper of git: the token of a profile in place of a password')
    .argument('<profile>')
    .argument('<operation>', 'get, store or erase: git adds it')
    .option('--host <host>', "whose git may see the token, with its port; default: the server's; repeatable", repeated)
    .option('--username <name>', "where git's URL has none", 'oauth2')
    .option('--bearer', 'Authorization: Bearer in place of name and password; git 2.46 or later')
    .option('--min-validity <duration>', 'how long the token has to live from now on; default 5m', durationMs)
    .option('--json', 'failures of this command as one line of JSON')
    .addHelpText(
      'after',
      `\nFor git:\n  git config --global credential.https://git.example.com.helper '!${io.program} git-credential PROFILE'`,
    )
    .action((name: string, operation: string, options: GitOptions) => answer(io, name, operation, options));
}

async function answer(io: ClientIo, name: string, operation: string, options: GitOptions): Promise<void> {
  const { parseCredential } = await import('./git-credential/protocol.ts');
  const request = parseCredential(await readAll(io.stdin));
  switch (operation) {
    case 'get':
      return get(io, name, request, options);
    case 'erase':
      return erase(io, name, request);
    default:
      // The profile keeps its tokens by itself; and operations of later gits are to be passed over.
      return;
  }
}

async function get(io: ClientIo, name: string, request: CredentialRequest, options: GitOptions): Promise<void> {
  const { answerTo, refusalOf } = await import('./git-credential/answer.ts');
  await withProfile(io, name, {}, async ({ profile, source }) => {
    const { hostsOf } = await import('./git-credential/hosts.ts');
    const hosts = options.host?.map((host) => host.toLowerCase()) ?? hostsOf(profile);
    const given: AnswerOptions = { hosts, username: options.username, asBearer: options.bearer === true };
    const refusal = refusalOf(request, given);
    // Without an answer git goes on to the next helper, or asks.
    if (refusal) return note(io, `${io.program}: git-credential ${name}: ${reasonOf(refusal, request, hosts)}`);
    const token = await source.getToken({ minValidityMs: options.minValidity ?? usualValidityMs });
    io.stdout.write(answerTo(request, { token: token.token, type: token.type }, localEndMs(token), given));
  });
}

function reasonOf(refusal: Refusal, { host, protocol }: CredentialRequest, hosts: readonly string[]): string {
  switch (refusal) {
    case 'other-host':
      return `the token is for ${hosts.join(', ') || 'no host'}, and git asks for ${host}: --host ${host} would allow it`;
    case 'plain-http':
      return `no token goes over ${protocol} to another machine`;
    case 'old-git':
      return '--bearer needs git 2.46 or later';
  }
}

/** A server refused the token: the next one is another. Best effort, since git does not look at how it went. */
async function erase(io: ClientIo, name: string, { password }: CredentialRequest): Promise<void> {
  if (password === undefined) return;
  try {
    await withProfile(io, name, {}, async ({ source }) => {
      await source.ready();
      const held = source.peek();
      if (held?.token === password) await source.getToken({ reject: held });
    });
  } catch (reason) {
    note(io, `${io.program}: ${reason instanceof Error ? reason.message : 'the token could not be replaced'}`);
  }
}
