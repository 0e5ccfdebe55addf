/** Where the agent's socket is when nobody says otherwise. */

import { createHash } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../../files/data-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `$XDG_RUNTIME_DIR/hufu`, which the system clears when its user logs out; else `run` in the user's data folder. */
export function runtimeFolder(env: Environment = process.env): string {
  return env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'hufu') : join(dataFolder({ ...env }), 'run');
}

/** `HUFU_AGENT_SOCKET`, else `agent.sock` in the runtime folder; on Windows a pipe named after the user. */
export function socketPath(env: Environment, platform = process.platform): string {
  if (env.HUFU_AGENT_SOCKET) return env.HUFU_AGENT_SOCKET;
  if (platform !== 'win32') return join(runtimeFolder(env), 'agent.sock');
  const user = createHash('sha256').update(`${userInfo().username} ${homedir()}`).digest('hex').slice(0, 16);
  return `\\\\.\\pipe\\hufu-agent-${user}`;
}
