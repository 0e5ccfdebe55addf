/** The body of an answer as JSON, where it may be a refusal; whoever asked gets the answer unread all the same. */

import type { ResponseShape } from './shapes.ts';

/** What is used of the platform's streams. */
interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(): Promise<void>;
}

export const isJson = ({ headers }: Pick<ResponseShape, 'headers'>): boolean =>
  /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');

/** `undefined` where it is no JSON, or longer than a refusal is. */
export async function jsonOf(response: ResponseShape, limitBytes: number): Promise<unknown> {
  // By what the headers say, most of the long ones need not be begun.
  if (Number(response.headers.get('content-length')) > limitBytes) return undefined;
  const copy = response.clone();
  const reader = readerOf(copy.body);
  const text = reader ? await textUpTo(reader, limitBytes) : await copy.text();
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textUpTo(reader: Reader, limitBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    if (!(value instanceof Uint8Array)) return undefined;
    bytes += value.byteLength;
    if (bytes > limitBytes) {
      // Never settles before the other copy was read, which is the caller's business.
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Some libraries have streams of another kind here: those are read as a whole. */
const readerOf = (body: unknown): Reader | undefined =>
  typeof body === 'object' && body !== null && 'getReader' in body && typeof body.getReader === 'function'
    ? // A stream with this method is the platform's.
      (body.getReader() as Reader)
    : undefined;
