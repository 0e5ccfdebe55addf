/** Reads a query string; a name that is given twice is refused, since nobody can know which value was meant. */

import { AdminError } from './errors.ts';

export function readQuery(url: string | undefined): Record<string, string> {
  // Without a prototype, so that every name is an ordinary one.
  const query: Record<string, string> = Object.create(null);
  const at = url?.indexOf('?') ?? -1;
  if (url === undefined || at < 0) return query;
  for (const [name, value] of new URLSearchParams(url.slice(at + 1))) {
    if (Object.hasOwn(query, name)) throw new AdminError('invalid_request', 'query: a parameter is given twice');
    query[name] = value;
  }
  return query;
}
