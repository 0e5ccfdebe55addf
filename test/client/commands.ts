/** `hufu-client` as a process of its own, on a home of its own, beside an emulator; and profiles of every provider of it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '../../packages/server/src/testing.ts';

/** What `hufu-client` is in an installation. */
export const bin = fileURLToPath(new URL('../../packages/client/bin/hufu-client.js', import.meta.url));

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** The first line of standard error that fits. */
  line(form: RegExp): Promise<string>;
  /** The first line of standard output that fits. */
  said(form: RegExp): Promise<string>;
  readonly ended: Promise<Ran>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Standard input stays open, for the test to write to. */
  readonly isOpen?: true;
}

export interface Home extends Disposable {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  start(args: readonly string[], options?: RunOptions): Running;
  /** Standard output without its line end; throws where it fails. */
  output(args: readonly string[], options?: RunOptions): Promise<string>;
  /** Runs with `--json`; throws where it fails. */
  json(args: readonly string[], options?: RunOptions): Promise<Record<string, unknown>>;
}

/**
 * Folders of its own for everything, and nothing of the machine's environment but the way to its programs.
 *
 * @param more variables for every command, such as those that secrets come from.
 */
export function openHome(more: Readonly<Record<string, string>> = {}): Home {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-home-'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    HUFU_CONFIG_HOME: join(folder, 'config'),
    HUFU_DATA_HOME: join(folder, 'data'),
    // The keychain of whoever runs the tests is theirs.
    HUFU_STORAGE: 'file',
    ...more,
  };
  function start(args: readonly string[], options: RunOptions = {}): Running {
    const child = spawn(process.execPath, [bin, ...args], { env: { ...env, ...options.env }, stdio: 'pipe' });
    if (!options.isOpen) child.stdin.end(options.stdin ?? '');
    const exited = once(child, 'close');
    const [output, errors] = [lines(child.stdout, exited), lines(child.stderr, exited)];
    return {
      process: child,
      said: output.first,
      line: errors.first,
      ended: exited.then(([code]) => ({ exitCode: Number(code), stdout: output.all(), stderr: errors.all() })),
    };
  }
  const run: Home['run'] = (args, options) => start(args, options).ended;
  return {
    folder,
    env,
    start,
    run,
    async output(args, options) {
      const { exitCode, stdout, stderr } = await run(args, options);
      if (exitCode !== 0) throw new Error(`${args.join(' ')}: exit code ${exitCode}, errors ${stderr}`);
      return stdout.trimEnd();
    },
    async json(args, options) {
      const { exitCode, stdout, stderr } = await run([...args, '--json'], options);
      if (exitCode !== 0 || !/^\{[^\n]*\}\n$/.test(stdout)) {
        throw new Error(`${args.join(' ')}: exit code ${exitCode}, output ${stdout}, errors ${stderr}`);
      }
      return JSON.parse(stdout);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a process writes, while it writes. @param exited settles when nothing more comes. */
function lines(stream: Readable, exited: Promise<unknown>) {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    all: () => text,
    async first(form: RegExp): Promise<string> {
      for (;;) {
        const found = text
          .split('\n')
          .slice(0, -1)
          .find((one) => form.test(one));
        if (found !== undefined) return found;
        const next = await Promise.race([once(stream, 'data'), exited.then(() => undefined)]);
        if (!next) throw new Error(`ended without ${form}: ${text}`);
      }
    },
  };
}

export interface CommandWorld extends AsyncDisposable {
  readonly home: Home;
  readonly emulator: Emulator;
  /** What no standard error may show. */
  readonly secrets: readonly string[];
  /** Where the secrets are that the profiles name. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs with the secrets in the environment, and looks that none of them gets to standard error. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  json(args: readonly string[], options?: RunOptions): Promise<Record<string, unknown>>;
}

/** An emulator, and the profiles `sls`, `pds`, `scnet`, `oauth2` and, for people, `person` and `pdsperson`. */
export async function openCommandWorld(): Promise<CommandWorld> {
  const emulator = await startEmulator();
  const home = openHome();
  const { sls, pds, scnet, oauth } = emulator.description;
  const keyFile = join(home.folder, 'key.pem');
  writeFileSync(keyFile, pds.jwtApp.privateKeyPem, { mode: 0o600 });
  const env = {
    TEST_SLS_SECRET: sls.accessKeySecret,
    TEST_SCNET_SECRET: scnet.secretKey,
    TEST_OAUTH_SECRET: oauth.confidentialClient.clientSecret,
  };
  const secrets = [...Object.values(env), ...pds.jwtApp.privateKeyPem.split('\n').slice(1, -2)];
  const set = (options: Readonly<Record<string, string | undefined>>): string[] =>
    Object.entries(options).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const [region] = scnet.clusters;
  const profiles: Readonly<Record<string, readonly string[]>> = {
    sls: [
      ...['--provider', 'sls', '--secret', 'accessKeySecret=env:TEST_SLS_SECRET'],
      ...set({ accessKeyId: sls.accessKeyId, endpoint: `http://${sls.endpoint}` }),
    ],
    pds: [
      ...['--provider', 'pds', '--grant', 'user-jwt', '--secret', `privateKeyPem=file:${keyFile}`],
      ...set({
        domainId: pds.domainId,
        clientId: pds.jwtApp.clientId,
        userId: pds.user.userId,
        endpoint: pds.apiEndpoint,
      }),
    ],
    scnet: [
      ...['--provider', 'scnet', '--grant', 'access-key', '--secret', 'secretKey=env:TEST_SCNET_SECRET'],
      ...set({ user: scnet.user, accessKey: scnet.accessKey, acBase: scnet.acBase, apiBase: scnet.apiBase }),
      ...set({ clusterId: region?.clusterId }),
    ],
    oauth2: [
      ...['--provider', 'oauth2', '--grant', 'client_credentials', '--secret', 'clientSecret=env:TEST_OAUTH_SECRET'],
      ...set({ issuer: oauth.issuer, clientId: oauth.confidentialClient.clientId }),
    ],
    person: [
      ...['--provider', 'oauth2', '--grant', 'code'],
      ...set({ issuer: oauth.issuer, clientId: oauth.publicClient.clientId, replayWindowMs: '60000' }),
    ],
    pdsperson: [
      ...['--provider', 'pds', '--grant', 'code'],
      ...set({ domainId: pds.domainId, clientId: pds.nativeApp.clientId, endpoint: pds.apiEndpoint }),
    ],
  };
  const guarded = (stderr: string): void => {
    for (const secret of secrets) if (stderr.includes(secret)) throw new Error('a secret stands on standard error');
  };
  const world: CommandWorld = {
    home,
    emulator,
    secrets,
    env,
    async run(args, options = {}) {
      const ran = await home.run(args, { ...options, env: { ...env, ...options.env } });
      guarded(ran.stderr);
      return ran;
    },
    json: (args, options = {}) => home.json(args, { ...options, env: { ...env, ...options.env } }),
    async [Symbol.asyncDispose]() {
      home[Symbol.dispose]();
      await emulator.stop();
    },
  };
  for (const [name, options] of Object.entries(profiles)) await world.json(['profile', 'add', name, ...options]);
  return world;
}
