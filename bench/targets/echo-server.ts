/**
 * The floor of sessions: bare Fastify servers, one for each answer, that read a request's body and send the answer. Nothing
 * is looked at. The answers come as a file with a list; the addresses go out as one line.
 */

import { readFileSync } from 'node:fs';
import fastify from 'fastify';

const [file = ''] = process.argv.slice(2);
const answers: readonly string[] = JSON.parse(readFileSync(file, 'utf8'));
const urls = await Promise.all(answers.map(serve));
process.once('SIGTERM', () => process.exit());
process.stdout.write(`${JSON.stringify(urls)}\n`);

function serve(answer: string): Promise<string> {
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('*', (_request, reply) => reply.type('application/json').send(answer));
  return app.listen({ host: '127.0.0.1', port: 0 });
}
