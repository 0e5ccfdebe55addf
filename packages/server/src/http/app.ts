/** The HTTP server: bounds on everything that arrives, and one place for what no route takes. */

import type { Socket } from 'node:net';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { TransportProblem } from '../dialects/dialect.ts';
import type { Registry } from '../dialects/registry.ts';
import type { Clock } from '../service/ports.ts';
import { plainRefusal, plainRefusalBytes } from './plain-refusal.ts';
import { httpDate, send } from './send.ts';
import { wireRequest } from './wire-request.ts';

/** Characters of a part of a path, once it is decoded. */
const longestParameter = 1024;

export interface AppOptions {
  readonly logger: Pick<FastifyBaseLogger, 'error'>;
  /** For Fastify's own lines. */
  readonly frameworkLogger: FastifyBaseLogger;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly requestId: (nowMs: number) => string;
  readonly isClosing: () => boolean;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly trustProxy: boolean;
  readonly requestTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
}

export function createApp(options: AppOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: options.frameworkLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines of ours name their request; a logger for each request would cost more than the rest of its handling.
    childLoggerFactory: (logger) => logger,
    trustProxy: options.trustProxy,
    genReqId: () => options.requestId(options.clock.nowMs()),
    requestTimeout: options.requestTimeoutMs,
    keepAliveTimeout: options.keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    // The dialects read the query themselves: duplicates and encodings matter to them.
    routerOptions: {
      querystringParser: (text) => ({ text }),
      ignoreTrailingSlash: false,
      caseSensitive: true,
      // The admin API names a protected resource by its URI.
      maxParamLength: longestParameter,
    },
    http: {
      maxHeaderSize: options.maxHeaderBytes,
      headersTimeout: options.headersTimeoutMs,
      // A request without a Host header is refused in the dialect's own words, not by Node.
      requireHostHeader: false,
      connectionsCheckingInterval: 1000,
    },
    ...(options.tls ? { https: { ...options.tls, maxHeaderSize: options.maxHeaderBytes } } : {}),
    frameworkErrors: (_error, request, reply) => refuse(options, request, reply, 'malformed_http'),
    clientErrorHandler: (error, socket) => refuseUnparsed(options, error, socket),
  });
  // Answers that go out through Fastify carry the server's clock as well, which the emulator may have stopped.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', httpDate(options.clock.nowMs()));
  });
  app.server.maxConnections = options.maxConnections;
  app.removeAllContentTypeParsers();
  // Those that clients send are named as well: Fastify finds them without parsing the type of each request.
  for (const type of ['application/x-www-form-urlencoded', 'application/json', '*']) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  app.setNotFoundHandler((request, reply) => {
    const { path } = wireRequest(request.raw, undefined);
    const known = options.registry.dialects.some((dialect) => dialect.routes.some((route) => route.path === path));
    refuse(options, request, reply, known ? 'method_not_allowed' : 'not_found');
  });
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = problemOf(error);
    if (problem) return refuse(options, request, reply, problem);
    options.logger.error({ requestId: request.id, error: nameOf(error) }, 'request failed');
    return reply.code(500).type('application/json').send('{"error":"server_error"}');
  });
  return app;
}

const nameOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');

/** What Fastify noticed before a handler ran. */
function problemOf(error: unknown): TransportProblem | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body_too_large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'unreadable_content_type';
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || code === 'ECONNRESET') return 'malformed_http';
  return undefined;
}

function refuse(options: AppOptions, raw: FastifyRequest, reply: FastifyReply, problem: TransportProblem): void {
  const nowMs = options.clock.nowMs();
  const request = wireRequest(raw.raw, undefined);
  const dialect = options.registry.recognise(request.path, request.headers);
  const requestId = String(raw.id);
  const answer = dialect?.refuseTransport(problem, { requestId, nowMs, request }) ?? plainRefusal(problem, requestId);
  reply.hijack();
  // What is left of an oversized body is not read: the connection ends with the answer.
  const unread = problem === 'body_too_large' || problem === 'malformed_http';
  send(reply.raw, answer, nowMs, unread || options.isClosing());
}

/** Node's parser gave up: there is a socket, and no request. */
function refuseUnparsed(options: AppOptions, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = options.requestId(options.clock.nowMs());
  socket.end(plainRefusalBytes(unparsedProblem(error.code), requestId), () => socket.destroy());
}

function unparsedProblem(code: string | undefined): TransportProblem {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'timed_out';
  return 'malformed_http';
}
