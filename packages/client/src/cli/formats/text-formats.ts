/** Formats for shells and for programs that read lines. */

import { localEndMs } from '../../adapters/local-end.ts';
import { TokenError } from '../../core/errors.ts';
import { requestHeader } from './header.ts';
import type { Issued } from './issued.ts';
import { variablesOf } from './variables.ts';

/** One line for `--header`, and for files of headers. */
export function headerText(issued: Issued): string {
  const { name, value } = requestHeader(issued);
  return `${name}: ${value}\n`;
}

/** For `eval` in POSIX shells: nothing within the quotes means anything. */
export const envText = (issued: Issued): string =>
  Object.entries(variablesOf(issued))
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('');

/** For `curl --config -`: unlike an argument, other users of the machine do not see it. */
export function curlText(issued: Issued): string {
  const { name, value } = requestHeader(issued);
  return `header = "${`${name}: ${value}`.replace(/[\\"]/g, '\\$&')}"\n`;
}

/**
 * What a credential helper of git prints (https://git-scm.com/docs/git-credential, read on 2026-11-22). The name means nothing to
 * servers that take a token for a password; it must not be empty.
 */
export function gitText({ token }: Issued): string {
  if (/[\n\0]/.test(token.token)) {
    throw new TokenError({ code: 'malformed_response', message: 'the token has characters that git does not take' });
  }
  const endMs = localEndMs(token);
  const end = endMs === undefined ? '' : `password_expiry_utc=${Math.floor(endMs / 1000)}\n`;
  return `username=oauth2\npassword=${token.token}\n${end}`;
}
