/** Calls the admin API over either transport, and turns its refusals into exit codes. */

import { CliError, type ExitCode, exitCodes } from '@hufu/client/terminal';

export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly token: string;
  readonly body: string | undefined;
}

export interface AdminTransport {
  send(request: AdminRequest): Promise<{ readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

/** A member of an answer is read by name; what a newer server adds is passed on unread. */
export type Answer = Readonly<Record<string, unknown>>;

export interface AdminClient {
  get(path: string, query?: Readonly<Record<string, string | number | undefined>>): Promise<Answer>;
  post(path: string, body?: Readonly<Record<string, unknown>>): Promise<Answer>;
  put(path: string, body: Readonly<Record<string, unknown>>): Promise<Answer>;
  patch(path: string, body: Readonly<Record<string, unknown>>): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

const prefix = '/admin/v1';

export function createAdminClient(transport: AdminTransport, token: string): AdminClient {
  const call = async (method: AdminRequest['method'], path: string, body?: object): Promise<Answer> => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await transport.send({ method, path: `${prefix}${path}`, token, body: text });
    const value = parse(answer.body);
    if (answer.status < 200 || answer.status > 299) throw refusal(answer.status, value);
    if (value === undefined) throw new CliError(exitCodes.refused, 'unexpected_answer', 'the answer is not JSON');
    return value;
  };
  return {
    get(path, query = {}) {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
      return call('GET', search.size === 0 ? path : `${path}?${search}`);
    },
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path) => call('DELETE', path),
  };
}

/** A part of a path that came from the command line. */
export const segment = (text: string): string => encodeURIComponent(text);

function parse(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function refusal(status: number, answer: Answer | undefined): CliError {
  const code = typeof answer?.error === 'string' ? answer.error : `http_${status}`;
  const message = typeof answer?.message === 'string' ? answer.message : `the server answered ${status}`;
  const requestId = typeof answer?.requestId === 'string' ? ` (request ${answer.requestId})` : '';
  const said = status === 401 ? `${message} Give it with --token or HUFU_ADMIN_TOKEN.` : `${message}${requestId}`;
  return new CliError(exitCodeOf(status), code, said);
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401) return exitCodes.loginNeeded;
  if (status === 400 || status === 413 || status === 415) return exitCodes.usage;
  if (status === 502 || status === 504) return exitCodes.network;
  if (status === 503) return exitCodes.store;
  return exitCodes.refused;
}
