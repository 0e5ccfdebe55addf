/** The body of a PDS request as names and values, from a form or from JSON: each known name once, within the limits. */

import { messages, parseForm } from '@hufu/wire/pds';
import { accept, type Decision } from '../../core/reasons.ts';
import type { WireRequest } from '../dialect.ts';
import { malformed, malformedRequest } from './problem.ts';

export type Members = ReadonlyMap<string, string>;

export interface BodyRule {
  readonly form: boolean;
  readonly json: boolean;
  /** Names that mean something here; others are passed over, as the SDK passes on whatever it is given. */
  readonly known: readonly string[];
  readonly maxMembers: number;
}

export function readMembers({ headers, body }: WireRequest, rule: BodyRule): Decision<Members> {
  const type = headers['content-type'] ?? '';
  const text = utf8(body);
  if (rule.form && /^application\/x-www-form-urlencoded(?:\s*;|$)/i.test(type)) {
    return text === undefined ? malformed('wrongFormat', 'body') : readForm(text, rule);
  }
  if (rule.json && /^application\/json(?:\s*;|$)/i.test(type)) {
    return text === undefined ? notJson() : readJson(text, rule);
  }
  const wanted = [
    ...(rule.form ? ['application/x-www-form-urlencoded'] : []),
    ...(rule.json ? ['application/json'] : []),
  ];
  return malformedRequest('UnsupportedMediaType', `Content-Type must be ${wanted.join(' or ')}.`, 'content-type');
}

/** A value that has to be there. */
export function requiredOf(members: Members, name: string): Decision<string> {
  const value = members.get(name);
  if (value === undefined) return malformed('missing', name);
  return value === '' ? malformed('empty', name) : accept(value);
}

/** A parameter without a value is as good as none (RFC 6749, section 3.1). */
export const optionalOf = (members: Members, name: string): string | undefined => members.get(name) || undefined;

function readForm(text: string, { known, maxMembers }: BodyRule): Decision<Members> {
  if (text.split('&', maxMembers + 1).length > maxMembers) return malformed('outOfRange', 'body');
  const { values, duplicates, malformed: pieces } = parseForm(text);
  if (pieces > 0) return malformed('wrongFormat', 'body');
  const [twice] = duplicates;
  if (twice !== undefined) return malformed('invalid', known.includes(twice) ? twice : 'body');
  return accept(values);
}

/** A name that stands twice counts with its last value, as JSON is read everywhere. */
function readJson(text: string, { known, maxMembers }: BodyRule): Decision<Members> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return notJson();
  const entries: Array<[string, unknown]> = Object.entries(value);
  if (entries.length > maxMembers) return malformed('outOfRange', 'body');
  const members = new Map<string, string>();
  for (const [name, member] of entries) {
    if (!known.includes(name) || member === null) continue;
    if (typeof member !== 'string') return malformed('wrongFormat', name);
    members.set(name, member);
  }
  return accept(members);
}

const notJson = () => malformedRequest('InvalidRequestJSONFormat', messages.invalidJson('body'), 'body');

const decoder = new TextDecoder('utf-8', { fatal: true });

function utf8(body: Uint8Array): string | undefined {
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}
