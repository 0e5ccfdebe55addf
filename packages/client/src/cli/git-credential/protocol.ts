/**
 * What git and its credential helpers say to each other: lines of `key=value`, up to an empty line or the end.
 *
 * @see https://git-scm.com/docs/git-credential#IOFMT read on 2026-11-22
 */

import { TokenError } from '../../core/errors.ts';

export interface CredentialRequest {
  /** `https`, `ssh`, … */
  readonly protocol: string;
  /** With the port, where the URL has one. */
  readonly host: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** What git understands beyond a name and a password: `authtype` since 2.46. */
  readonly capabilities: readonly string[];
}

/** Names that end with `[]` come several times, and an empty value empties the list. Of others the last counts. */
export function parseCredential(text: string): CredentialRequest {
  const single = new Map<string, string>();
  let capabilities: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '') break;
    const at = line.indexOf('=');
    if (at <= 0) continue;
    const [key, value] = [line.slice(0, at), line.slice(at + 1).replace(/\r$/, '')];
    if (key === 'capability[]') capabilities = value === '' ? [] : [...capabilities, value];
    else single.set(key, value);
  }
  return {
    protocol: single.get('protocol') ?? '',
    host: single.get('host')?.toLowerCase() ?? '',
    username: single.get('username'),
    password: single.get('password'),
    capabilities,
  };
}

/** What was learned, for git. A value with a line end would begin another one: such a token is no credential for git. */
export function formatCredential(fields: readonly (readonly [key: string, value: string])[]): string {
  const bad = fields.find(([, value]) => /[\n\r\0]/.test(value));
  if (bad) throw new TokenError({ code: 'malformed_response', message: `the ${bad[0]} has a line end in it` });
  return fields.map(([key, value]) => `${key}=${value}\n`).join('');
}
