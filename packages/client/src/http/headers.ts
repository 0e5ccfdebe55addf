/** Headers in each of the forms that `fetch` takes, as one plain record with names in lower case. */

import type { HeadersShape } from './shapes.ts';

export type HeaderRecord = Record<string, string>;

export function headersOf(headers: unknown): HeaderRecord {
  const record: HeaderRecord = {};
  const add = (name: unknown, value: unknown): void => {
    const key = String(name).toLowerCase();
    record[key] = key in record ? `${record[key]}, ${value}` : String(value);
  };
  if (isHeaders(headers)) {
    headers.forEach((value, name) => {
      add(name, value);
    });
  } else if (Array.isArray(headers)) for (const [name, value] of headers) add(name, value);
  else if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers)) add(name, value);
  }
  return record;
}

const isHeaders = (headers: unknown): headers is HeadersShape =>
  typeof headers === 'object' &&
  headers !== null &&
  !Array.isArray(headers) &&
  'forEach' in headers &&
  typeof headers.forEach === 'function';
