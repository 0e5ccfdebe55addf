/** The query of an authorization request: decoded as browsers write it (RFC 6749, appendix B), each name at most once. */

import { accept, type Decision } from '../../core/reasons.ts';
import type { Members } from './members.ts';
import { malformed } from './problem.ts';

export function readQuery(text: string, known: readonly string[], maxMembers: number): Decision<Members> {
  const members = new Map<string, string>();
  const pieces = text.split('&', maxMembers + 1);
  if (pieces.length > maxMembers) return malformed('outOfRange', 'query');
  for (const piece of pieces) {
    const at = piece.indexOf('=');
    const name = decoded(at < 0 ? piece : piece.slice(0, at));
    const value = at < 0 ? '' : decoded(piece.slice(at + 1));
    if (name === undefined || value === undefined) return malformed('wrongFormat', 'query');
    // Others mean nothing here; the vendor's own pages add some.
    if (!known.includes(name)) continue;
    if (members.has(name)) return malformed('invalid', name);
    members.set(name, value);
  }
  return accept(members);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
