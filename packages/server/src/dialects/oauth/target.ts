/** What a token is asked for: its scope (RFC 6749, section 3.3) and its resource (RFC 8707, section 2). */

import { accept, type Decision } from '../../core/reasons.ts';
import { isScope } from '../../core/scope.ts';
import { longest } from './limits.ts';
import { malformed } from './problem.ts';

export interface Target {
  readonly scope: string | undefined;
  readonly resource: string | undefined;
}

/** An absolute URI without a fragment. */
const resourceForm = /^[a-z][a-z0-9+.-]*:[\x21\x22\x24-\x7e]+$/i;

export function readTarget(values: ReadonlyMap<string, string>): Decision<Target> {
  const scope = values.get('scope');
  const resource = values.get('resource');
  if (scope !== undefined && (scope.length > longest.scope || !isScope(scope))) {
    return malformed('invalid_scope', 'scope is malformed');
  }
  if (resource !== undefined && (resource.length > longest.resource || !resourceForm.test(resource))) {
    return malformed('invalid_target', 'resource must be an absolute URI without a fragment');
  }
  return accept({ scope, resource });
}
