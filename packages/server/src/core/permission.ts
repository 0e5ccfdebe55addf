/**
 * RAM-style permission policies: statements that allow or deny actions on resources, with `*` and `?` as wildcards.
 * A matching Deny wins over every Allow; what no statement allows is denied.
 * Actions match in any case, resources exactly (our choice: docs/dialects/sls.md).
 */

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export type PermissionPolicy = readonly Statement[];

export function isAllowed(policy: PermissionPolicy, action: string, resource: string): boolean {
  const applies = (statement: Statement): boolean =>
    statement.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    statement.resources.some((pattern) => matches(pattern, resource));
  if (policy.some((statement) => statement.effect === 'Deny' && applies(statement))) return false;
  return policy.some((statement) => statement.effect === 'Allow' && applies(statement));
}

/** Glob matching in bounded time: backtracks to the last `*` only, so at worst pattern times text steps. */
export function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
