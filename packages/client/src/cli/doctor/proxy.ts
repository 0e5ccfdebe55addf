/** A proxy that is set, and not used: Node asks for one more word. */

import type { ClientIo } from '../io.ts';
import { type Check, ok, warning } from '../terminal/check.ts';

/** Nothing to say where none is set. @see https://nodejs.org/api/cli.html#node_use_env_proxy1 read on 2026-11-22 */
export function checkProxy(env: ClientIo['env']): Check[] {
  const name = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((variable) => env[variable]);
  if (name === undefined) return [];
  if (env.NODE_USE_ENV_PROXY === '1') return [ok('proxy', `${name} is used; dns, tcp and tls below look past it`)];
  return [warning('proxy', `${name} is set, and not used: Node does so with NODE_USE_ENV_PROXY=1`)];
}
