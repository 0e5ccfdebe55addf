/** The floor: bare Fastify routes whose answers have the sizes of the vendor's (284 and 273 bytes). Nothing is checked. */

import fastify from 'fastify';

const filled = (member: string, bytes: number): Record<string, string> => ({
  [member]: 'x'.repeat(bytes - JSON.stringify({ [member]: '' }).length),
});
const ticket = filled('ticket', 284);
const accessToken = filled('accessToken', 273);

const app = fastify();
app.post('/tickets', (_request, reply) => reply.send(ticket));
app.post('/token/refresh', (_request, reply) => reply.send(accessToken));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.once('SIGTERM', () => process.exit());
process.stdout.write(`${url}\n`);
