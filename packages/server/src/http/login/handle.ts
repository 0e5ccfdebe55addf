/**
 * What a page carries from one step to the next: the authorization request that it belongs to, sealed, so that nothing about
 * it is kept here and nothing in it can be changed there. There is no parameter that says where to go in the end.
 */

import { z } from 'zod';
import { isOver } from '../../core/time.ts';
import type { Sealing } from '../../service/ports.ts';

/** An authorization request as it came, to be read and judged anew at each step. */
const request = {
  dialect: z.string(),
  query: z.string(),
  /** The browser session that was opened for this request. */
  signedInAs: z.string().optional(),
};

const form = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('request'), ...request }),
  /** The question of consent: whom it was put to, and what it said. */
  z.strictObject({ at: z.literal('consent'), ...request, askedOf: z.string(), words: z.string() }),
  /** Nobody sent the browser here: a user of this tenant signs in. */
  z.strictObject({ at: z.literal('tenant'), tenant: z.string() }),
]);

const sealed = z.strictObject({ until: z.number(), what: form });

export type Carried = Readonly<z.output<typeof form>>;
export type CarriedRequest = Extract<Carried, { readonly at: 'request' }>;
export type CarriedConsent = Extract<Carried, { readonly at: 'consent' }>;

const binding = 'login/handle';

/** @returns base64url. */
export function sealHandle(sealing: Pick<Sealing, 'seal'>, what: Carried, untilMs: number): string {
  return Buffer.from(sealing.seal(JSON.stringify({ until: untilMs, what }), binding)).toString('base64url');
}

/** `undefined` for one that is over, and for everything that this server did not seal. */
export function openHandle(sealing: Pick<Sealing, 'open'>, handle: string, nowMs: number): Carried | undefined {
  const bytes = Buffer.from(handle, 'base64url');
  if (bytes.toString('base64url') !== handle) return undefined;
  let text: string;
  try {
    text = sealing.open(bytes, binding);
  } catch {
    return undefined;
  }
  // Another release may have sealed it.
  const { success, data } = sealed.safeParse(JSON.parse(text));
  return success && !isOver(data.until, nowMs) ? data.what : undefined;
}
