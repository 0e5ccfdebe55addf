/** The real world of a command. */

import { processIo as terminalOf } from '@hufu/client/terminal';
import type { Io } from './io.ts';

export const processIo = (): Io =>
  Object.assign(terminalOf('hufu'), {
    async openServer(...[config, adminToken]: Parameters<Io['openServer']>) {
      const { composeServer } = await import('../compose.ts');
      return composeServer(config, { adminToken });
    },
  });
