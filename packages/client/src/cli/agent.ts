/** `hufu agent`: gives tokens to other processes of the same user, so that one process refreshes for all of them. */

import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ServedProfiles } from './agent/answer.ts';
import type { ClientIo } from './io.ts';
import { usageError } from './terminal/failure.ts';
import { show } from './terminal/output.ts';

interface AgentOptions {
  readonly socket?: string;
  readonly tcp?: number;
  readonly secretFile?: string;
  readonly warm?: boolean;
  readonly json?: boolean;
}

export function registerAgent(program: Command, io: ClientIo): void {
  program
    .command('agent')
    .description('gives tokens to other processes over a socket, and refreshes for all of them')
    .argument('[profiles...]', 'which are served; default: all')
    .addOption(new Option('--socket <path>', 'where it listens (HUFU_AGENT_SOCKET)').conflicts('tcp'))
    .option('--tcp <port>', 'a port on loopback, behind a secret, in place of the socket; 0: a free one', portOf)
    .option('--secret-file <file>', 'new file for the secret, in place of printing it; only with --tcp')
    .option('--warm', 'refresh ahead of time also when nobody asks')
    .option('--json', 'one line of JSON when it listens')
    .action((names: string[], options: AgentOptions) => serve(io, names, options));
}

async function serve(io: ClientIo, names: readonly string[], options: AgentOptions): Promise<void> {
  const { servedProfiles } = await import('./agent/profiles.ts');
  const { findProfile } = await import('./profiles/find-profile.ts');
  if (options.secretFile !== undefined && options.tcp === undefined) throw usageError('--secret-file is for --tcp');
  for (const name of names) await findProfile(io, name);
  const profiles = servedProfiles(io, { only: names.length > 0 ? names : undefined, isWarm: options.warm });
  try {
    // Heard from now on: who is told that it listens may end it at once.
    const stopped = io.untilStopped();
    const agent = await listen(io, profiles, options);
    await stopped;
    await agent.close();
  } finally {
    await profiles.close();
  }
}

async function listen(io: ClientIo, profiles: ServedProfiles, { socket, tcp, secretFile, json }: AgentOptions) {
  const { agentAtPort, agentAtSocket } = await import('./agent/listen.ts');
  const { socketPath } = await import('./agent/place.ts');
  if (tcp === undefined) {
    const agent = await agentAtSocket(profiles, socket ?? socketPath(io.env));
    show(io, json, { socket: agent.socket }, () => `listening at ${agent.socket}`);
    return agent;
  }
  const agent = await agentAtPort(profiles, tcp);
  const { url, secret } = agent;
  try {
    if (secretFile !== undefined) await writeSecret(secretFile, secret);
  } catch (error) {
    await agent.close();
    throw error;
  }
  const shown = secretFile === undefined ? { url, secret } : { url, secretFile };
  show(io, json, shown, () =>
    [`listening at ${url}`, secretFile === undefined ? `secret: ${secret}` : `secret: in ${secretFile}`].join('\n'),
  );
  return agent;
}

const writeSecret = (path: string, secret: string): Promise<void> =>
  writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw usageError(`--secret-file: ${path} ${isThere ? 'is there already' : 'cannot be written'}`);
  });

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('allowed: 0 to 65535');
}
