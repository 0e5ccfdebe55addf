/**
 * The requests of `requests.json` as a server sees them: header names in lower case, one code unit a byte.
 * For tests of the forms here and of servers that replay the requests.
 */
import { type OperationName, operations } from '../facts.ts';
import file from './requests.json' with { type: 'json' };

export interface RecordedRequest {
  readonly id: string;
  readonly operation: OperationName;
  readonly rule: string;
  readonly source: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values in turn, as they were sent. Written to a socket as Latin-1, they are the recorded bytes. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** What the headers mean. */
  readonly values: Readonly<Record<string, string>>;
}

export const { host, secretKey } = file;

const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

export const recordedRequests: readonly RecordedRequest[] = file.requests.map((entry) => {
  const { id, operation, rule, source, method, target, body } = entry;
  if (!isOperation(operation)) throw new RangeError(`${id}: no operation ${operation}`);
  const headers: Record<string, string> = {};
  for (const [name = '', value = ''] of entry.headers) headers[name.toLowerCase()] = value;
  const rawHeaders = entry.headers.flat();
  const values = Object.fromEntries(Object.entries(entry.values).filter(([, value]) => value !== undefined));
  return { id, operation, rule, source, method, path: target, headers, rawHeaders, body, values };
});

export function recordedRequest(id: string): RecordedRequest {
  const found = recordedRequests.find((request) => request.id === id);
  if (!found) throw new RangeError(`no recorded request ${id}`);
  return found;
}
