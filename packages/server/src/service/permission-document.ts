/**
 * RAM policy documents as the vendor writes them, read into `core/permission.ts` statements and written back.
 * What this server does not enforce is refused by name: a condition that nobody checks would allow more than was meant.
 */

import { z } from 'zod';
import type { PermissionPolicy } from '../core/permission.ts';

const maxStatements = 64;
/** Of the document's compact JSON. */
const maxDocumentBytes = 4 * 1024;
const maxPatternCharacters = 512;
const maxPatterns = 64;

/** Members of a statement that exist at the vendor, so that their refusal can say so. */
const unsupported = new Set(['Condition', 'NotAction', 'NotResource', 'Principal', 'NotPrincipal']);

const refuseMembers = (issue: { readonly code?: string; readonly keys?: readonly string[] }): string | undefined => {
  if (issue.code !== 'unrecognized_keys') return undefined;
  return (issue.keys ?? [])
    .map((key) => (unsupported.has(key) ? `${key} is not supported` : `unknown member ${key}`))
    .join(', ');
};

const pattern = z
  .string()
  .min(1)
  .max(maxPatternCharacters)
  .regex(/^[\x21-\x7e]+$/, 'allowed: printable ASCII without spaces');

const patterns = z.union([pattern, z.array(pattern).min(1).max(maxPatterns)], {
  error: `allowed: a pattern, or a list of 1 to ${maxPatterns} patterns (printable ASCII without spaces)`,
});

const statement = z.strictObject(
  { Effect: z.enum(['Allow', 'Deny']), Action: patterns, Resource: patterns },
  { error: refuseMembers },
);

const document = z
  .strictObject({ Version: z.literal('1'), Statement: z.array(statement).max(maxStatements) }, { error: refuseMembers })
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= maxDocumentBytes,
    `allowed: a document of ${maxDocumentBytes} bytes or less`,
  );

export type PermissionDocument = z.output<typeof document>;

/** For checking what comes in; its output is the policy. */
export const permissionDocument = document.transform(policyOf).meta({
  description: 'RAM policy document; Condition, NotAction, NotResource and Principal are refused',
});

/** For describing what goes out. */
export const permissionDocumentShape = document;

/** The document of a policy, in the vendor's member names. */
export const policyDocument = (policy: PermissionPolicy): PermissionDocument => ({
  Version: '1',
  Statement: policy.map(({ effect, actions, resources }) => ({
    Effect: effect,
    Action: oneOrMany(actions),
    Resource: oneOrMany(resources),
  })),
});

function policyOf(given: PermissionDocument): PermissionPolicy {
  return given.Statement.map(({ Effect, Action, Resource }) => ({
    effect: Effect,
    actions: [Action].flat(),
    resources: [Resource].flat(),
  }));
}

function oneOrMany(texts: readonly string[]): string | string[] {
  const [only, ...more] = texts;
  return only !== undefined && more.length === 0 ? only : [...texts];
}
