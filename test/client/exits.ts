/** A program as users write it: it gets a token, has everything running that can run in the background, and comes to its end. */

import { createTokenSource, keepWarm } from '@hufu/client';
import { nodeTokenSource } from '@hufu/client/node';
import { rotating } from './rotating-provider.ts';

const [url = '', folder = ''] = process.argv.slice(2);
process.on('unhandledRejection', (error) => {
  process.stdout.write(`unhandled: ${error}\n`);
});

const source = nodeTokenSource({ provider: rotating({ url }), folder });
keepWarm(source);
const { token } = await source.getToken();
process.stdout.write(`${token}\n`);

// A server that nobody is at: refreshes fail now and later, with and without somebody who waits.
const nobody = rotating({ url: 'http://127.0.0.1:9' });
const failing = createTokenSource({ provider: nobody, policy: { retries: 1, backoffFirstMs: 1 } });
keepWarm(failing);
await failing
  .getToken()
  .catch((error: unknown) => process.stdout.write(`${error instanceof Error ? error.name : error}\n`));
void failing.getToken().catch(() => {});
process.stdout.write('end\n');
