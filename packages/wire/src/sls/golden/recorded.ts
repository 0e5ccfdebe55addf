/**
 * The requests of `requests.json` as a verifier sees them: header names in lower case, the query decoded.
 * For tests of the signatures here and of servers that replay the requests.
 */
import type { SignedRequest } from '../signature.ts';
import file from './requests.json' with { type: 'json' };

export interface RecordedRequest extends SignedRequest {
  readonly id: string;
  readonly rule: string;
  readonly scheme: 'v1' | 'v4';
  readonly source: string;
  readonly target: string;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly signature: string;
}

export const { clock, host, accessKeyId, accessKeySecret, securityToken } = file;

function read(entry: (typeof file.requests)[number]): RecordedRequest {
  const { id, rule, source, method, target, body, signature } = entry;
  const url = new URL(target, 'http://replay.invalid');
  const headers: Record<string, string> = {};
  for (const [name = '', value = ''] of entry.headers) headers[name.toLowerCase()] = value;
  return {
    id,
    rule,
    source,
    scheme: entry.scheme === 'v4' ? 'v4' : 'v1',
    method,
    target,
    path: url.pathname,
    query: [...url.searchParams],
    headers,
    rawHeaders: entry.headers.flat(),
    body,
    signature,
  };
}

export const recordedRequests: readonly RecordedRequest[] = file.requests.map(read);

export function recordedRequest(id: string): RecordedRequest {
  const found = recordedRequests.find((request) => request.id === id);
  if (!found) throw new RangeError(`no recorded request ${id}`);
  return found;
}
