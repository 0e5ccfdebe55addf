/** Scopes (RFC 6749, section 3.3): words separated by single blanks; their order means nothing. */

const form = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

export const isScope = (text: string): boolean => form.test(text);

export const scopesOf = (scope: string | undefined): readonly string[] =>
  scope === undefined || scope === '' ? [] : [...new Set(scope.split(' '))];

/** Whether `asked` has no scope that `granted` has not; nothing asked is always within. */
export const isWithin = (granted: string | undefined, asked: string | undefined): boolean => {
  const known = new Set(scopesOf(granted));
  return scopesOf(asked).every((one) => known.has(one));
};

/**
 * What a client gets of what it asked for: all of it, or `undefined` where it may not have a part.
 * Who asks for nothing gets every scope that is allowed to it; a list that is empty allows everything.
 */
export function grantedScope(
  asked: string | undefined,
  ...allowed: readonly (readonly string[])[]
): string | undefined {
  const limits = allowed.filter((list) => list.length > 0);
  if (asked !== undefined && asked !== '') {
    if (!isScope(asked)) return undefined;
    const scopes = scopesOf(asked);
    return scopes.every((one) => limits.every((list) => list.includes(one))) ? scopes.join(' ') : undefined;
  }
  const [first = [], ...rest] = limits;
  return first.filter((one) => rest.every((list) => list.includes(one))).join(' ');
}
