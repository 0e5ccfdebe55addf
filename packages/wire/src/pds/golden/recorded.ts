/**
 * The requests of `requests.json` as a server sees them: header names in lower case.
 * For tests of the forms here and of servers that replay the requests.
 */
import file from './requests.json' with { type: 'json' };

export interface RecordedRequest {
  readonly id: string;
  readonly rule: string;
  readonly source: string;
  /** The method of the official SDK that sends it; `undefined` for the vendor's other clients. */
  readonly sdkMethod: string | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** What the form or the JSON means. */
  readonly values: Readonly<Record<string, string>>;
  /** What the builder is given to make the body; `undefined` where it must not make it. */
  readonly params: Readonly<Record<string, string>> | undefined;
}

const texts = (members: object): Record<string, string> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => typeof value === 'string'));

export const { host, method } = file;

export const recordedRequests: readonly RecordedRequest[] = file.requests.map((entry) => {
  const headers: Record<string, string> = {};
  for (const [name = '', value = ''] of entry.headers) headers[name.toLowerCase()] = value;
  return {
    id: entry.id,
    rule: entry.rule,
    source: entry.source,
    sdkMethod: entry.sdkMethod,
    path: entry.target,
    headers,
    rawHeaders: entry.headers.flat(),
    body: entry.body,
    values: texts(entry.values),
    params: entry.params && texts(entry.params),
  };
});

export function recordedRequest(id: string): RecordedRequest {
  const found = recordedRequests.find((request) => request.id === id);
  if (!found) throw new RangeError(`no recorded request ${id}`);
  return found;
}
