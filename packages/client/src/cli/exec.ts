/** `hufu exec PROFILE -- COMMAND …`: runs a program with a token in its environment, and ends as it ends. */

import type { Command } from 'commander';
import { durationMs } from './duration.ts';
import { type Wanted, wantedOf } from './exec/variables.ts';
import type { Variables } from './formats/variables.ts';
import type { ClientIo } from './io.ts';
import type { OpenProfile } from './open-profile.ts';
import { usageError } from './terminal/failure.ts';
import { note } from './terminal/output.ts';
import { repeated } from './terminal/repeated.ts';
import { withProfile } from './with-profile.ts';

interface ExecOptions {
  readonly env?: readonly string[];
  readonly minValidity?: number;
  readonly agent?: boolean;
  readonly agentTcp?: boolean;
  readonly keepSecrets?: boolean;
}

export function registerExec(program: Command, io: ClientIo): void {
  program
    .command('exec')
    .description('runs a program with a token in its environment')
    .argument('<profile>')
    .argument('<command...>', 'behind --, with its own options')
    .option(
      '--env <NAME=part>',
      'a variable: token, header, expires-at, or a field beside the token; repeatable',
      repeated,
    )
    .option('--min-validity <duration>', 'how long the token has to live from now on, at least', durationMs)
    .option('--agent', 'answer the program at a socket, for as long as it runs (HUFU_AGENT_SOCKET)')
    .option('--agent-tcp', 'the same at a port on loopback (HUFU_AGENT_URL, HUFU_AGENT_SECRET)')
    .option('--keep-secrets', 'leave the variables that the secrets come from in the environment of the program')
    .option('--no-input', 'changes nothing: this command never asks a person')
    .option('--json', 'failures of this command as one line of JSON')
    .addHelpText('after', '\nExample:\n  exec logs -- sh -c \'curl -H "Authorization: Bearer $SLS_ACCESS_TOKEN" …\'')
    .action((name: string, [command = '', ...args]: string[], options: ExecOptions) =>
      exec(io, name, { command, args }, options),
    );
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

interface Given {
  readonly variables: Variables;
  readonly hidden: readonly string[];
}

async function exec(io: ClientIo, name: string, { command, args }: Program, options: ExecOptions): Promise<void> {
  if (options.agent && options.agentTcp) throw usageError('--agent or --agent-tcp, not both');
  const wanted = (options.env ?? []).map(wantedOf);
  const { variables, hidden } = await withProfile(io, name, {}, (open) => givenTo(open, wanted, options));
  const { without } = await import('./exec/hidden.ts');
  const agent = options.agent || options.agentTcp ? await startAgent(io, name, options) : undefined;
  const isOnTerminal = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  try {
    const inherited = options.keepSecrets ? io.env : without(io.env, hidden);
    io.exitCode = await run(io, { command, args }, { ...inherited, ...variables, ...agent?.variables }, isOnTerminal);
  } finally {
    await agent?.close();
  }
}

async function run(io: ClientIo, { command, args }: Program, env: ClientIo['env'], isOnTerminal: boolean) {
  const { runChild, Unstartable } = await import('./exec/child.ts');
  try {
    return await runChild(command, args, { env, isOnTerminal });
  } catch (error) {
    if (!(error instanceof Unstartable)) throw error;
    note(io, `${io.program}: ${error.message}`);
    return error.exitCode;
  }
}

async function startAgent(io: ClientIo, name: string, { agentTcp = false }: ExecOptions) {
  const { agentFor } = await import('./exec/agent.ts');
  return agentFor(io, name, agentTcp);
}

async function givenTo(open: OpenProfile, wanted: readonly Wanted[], options: ExecOptions): Promise<Given> {
  const { childVariables } = await import('./exec/variables.ts');
  const { secretVariables } = await import('./exec/hidden.ts');
  const { name: profile, provider, source } = open;
  const token = await source.getToken({ minValidityMs: options.minValidity ?? 0 });
  return {
    variables: childVariables({ profile, provider: provider.id, token }, wanted),
    hidden: secretVariables(open.profile),
  };
}
