/** An agent for one child: it may run longer than any token lives, and asks for the next one by itself. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomHex } from '../../core/random.ts';
import { agentAtPort, agentAtSocket } from '../agent/listen.ts';
import { servedProfiles } from '../agent/profiles.ts';
import type { Variables } from '../formats/variables.ts';
import type { ClientIo } from '../io.ts';

export interface ChildAgent {
  /** Tell the child where it is. */
  readonly variables: Variables;
  close(): Promise<void>;
}

/** Serves this profile and no other, until it is closed. */
export const agentFor = (io: ClientIo, name: string, overTcp: boolean): Promise<ChildAgent> =>
  overTcp ? portFor(io, name) : socketFor(io, name);

async function socketFor(io: ClientIo, name: string): Promise<ChildAgent> {
  const profiles = servedProfiles(io, { only: [name] });
  const isWindows = process.platform === 'win32';
  // Nobody else can look into it. Short, which the path of a socket has to be.
  const folder = isWindows ? undefined : await mkdtemp(join(tmpdir(), 'hufu-exec-'));
  const path = folder === undefined ? `\\\\.\\pipe\\hufu-exec-${randomHex(16)}` : join(folder, 'agent.sock');
  const agent = await agentAtSocket(profiles, path);
  return {
    variables: { HUFU_PROFILE: name, HUFU_AGENT_SOCKET: path },
    async close() {
      await agent.close();
      await profiles.close();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function portFor(io: ClientIo, name: string): Promise<ChildAgent> {
  const profiles = servedProfiles(io, { only: [name] });
  const { url, secret, close } = await agentAtPort(profiles, 0);
  return {
    variables: {
      HUFU_PROFILE: name,
      HUFU_AGENT_URL: url,
      HUFU_AGENT_SECRET: secret,
      // The SDKs of Alibaba Cloud ask there where they find no keys before; for tokens that are keys.
      ALIBABA_CLOUD_CREDENTIALS_URI: `${url}/v1/credentials/${encodeURIComponent(name)}?secret=${secret}`,
    },
    async close() {
      await close();
      await profiles.close();
    },
  };
}
