/**
 * A site of one's own with a dashboard of the SLS console in it. Every reader gets a ticket; the AccessKey stays here.
 *
 *     ALIBABA_CLOUD_ACCESS_KEY_ID=… ALIBABA_CLOUD_ACCESS_KEY_SECRET=… SLS_PROJECT=website \
 *     SLS_DASHBOARD=dashboard-1609817292009-742588 node server.ts
 *
 * Then open http://127.0.0.1:8080. SLS_ENDPOINT is for other servers than https://cn-shanghai.log.aliyuncs.com.
 */

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isTokenError } from '@hufu/client';
import { accessKeyFromMachine } from '@hufu/client/credentials';
import { consoleSandbox, dashboardLink } from '@hufu/client/embed';
import { slsClient } from '@hufu/client/providers/sls';
import { build } from 'esbuild';

const { SLS_ENDPOINT: endpoint, SLS_PROJECT: project = '', SLS_DASHBOARD: dashboardId = '' } = process.env;
const client = slsClient({ credentials: accessKeyFromMachine(), endpoint });
const hour = 60 * 60;
/** A working day, in which the page asks for another access token every hour. */
const lifetimes = { expirationTime: 8 * hour, accessTokenExpirationTime: hour };

/** Which ticket a reader has. A real site has its own sessions, and asks who it is before it makes one. */
const ticketOf = new Map<string, string>();

const entry = fileURLToPath(new URL('page.ts', import.meta.url));
const script = (await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm' })).outputFiles[0]?.text;

async function page(ticket: string): Promise<string> {
  const link = dashboardLink({ project, dashboardId, ticket, refreshable: true });
  return `<!doctype html><title>Our logs</title>
<iframe id="console" sandbox="${consoleSandbox}" style="width:100%;height:80vh;border:0" src="${link.replaceAll('&', '&amp;')}"></iframe>
<script type="module" src="/page.js"></script>`;
}

const server = createServer(async (request, response) => {
  const reader = /(?:^|; )reader=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const answer = (status: number, type: string, body = '', headers = {}): void => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(body);
  };
  try {
    switch (`${request.method} ${request.url}`) {
      case 'GET /': {
        const { ticket } = await client.createTicket(lifetimes);
        const session = randomUUID();
        ticketOf.set(session, ticket);
        const cookie = `reader=${session}; HttpOnly; SameSite=Strict; Path=/`;
        return answer(200, 'text/html; charset=utf-8', await page(ticket), { 'set-cookie': cookie });
      }
      case 'GET /page.js':
        return answer(200, 'text/javascript', script);
      case 'POST /sls-access-token': {
        if (!(Number(request.headers['content-length']) < 16_384)) return answer(413, 'text/plain', 'too long');
        const ticket = await text(request);
        // Only the ticket that this reader was given: nobody has tokens made for tickets of others.
        if (ticket === '' || ticketOf.get(reader) !== ticket) return answer(403, 'text/plain', 'not your ticket');
        const { accessToken } = await client.refreshToken({ ticket, accessTokenExpirationTime: hour });
        return answer(200, 'text/plain', accessToken);
      }
      default:
        return answer(404, 'text/plain', 'nothing here');
    }
  } catch (error) {
    // The code is for the log. Readers learn that it did not work, and nothing about our keys.
    console.error(isTokenError(error) ? `${error.code}: ${error.message}` : error);
    answer(502, 'text/plain', 'the log service refused');
  }
});

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
