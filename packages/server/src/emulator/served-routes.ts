/** What a server answers, so that a fault that would never meet a request is refused. */

import type { FastifyInstance } from 'fastify';
import { adminPrefix } from '../http/admin/index.ts';

export interface ServedRoute {
  readonly method: string;
  /** With parameters as `:name`. */
  readonly path: string;
}
export type ServedRoutes = readonly ServedRoute[];

/** Requests of the emulator's own routes meet no fault: what a tester broke, a tester can mend. */
const ownPrefix = `${adminPrefix}/dev/`;
export const isOwn = (path: string): boolean => path.startsWith(ownPrefix);

/** Hears of every route that is added from now on. */
export function hearRoutes(app: FastifyInstance): ServedRoutes {
  const routes: ServedRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (!isOwn(url)) routes.push({ method: one, path: url });
  });
  return routes;
}

/** Whether a request of this route may be one that a fault is ordered for. */
export function covers(
  fault: { readonly path: string; readonly method?: string | undefined },
  route: ServedRoute,
): boolean {
  if (fault.method !== undefined && fault.method !== route.method) return false;
  const isOpen = fault.path.endsWith('*');
  const asked = (isOpen ? fault.path.slice(0, -1) : fault.path).split('/');
  const served = route.path.split('/');
  if (isOpen ? asked.length > served.length : asked.length !== served.length) return false;
  return asked.every((part, at) => {
    const own = served[at] ?? '';
    if (own.startsWith(':')) return part !== '' || isOpen;
    return isOpen && at === asked.length - 1 ? own.startsWith(part) : own === part;
  });
}
