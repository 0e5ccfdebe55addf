/** What each provider takes. */

import { oauth2Shape } from './oauth2-shape.ts';
import { pdsShape } from './pds-shape.ts';
import { scnetShape } from './scnet-shape.ts';
import type { ProviderShape } from './shape.ts';
import { slsShape } from './sls-shape.ts';

export const shapes = {
  sls: slsShape,
  pds: pdsShape,
  scnet: scnetShape,
  oauth2: oauth2Shape,
} as const satisfies Readonly<Record<string, ProviderShape>>;

export type ProviderName = keyof typeof shapes;

export const providerNames: readonly string[] = Object.keys(shapes);

export const isProviderName = (name: unknown): name is ProviderName =>
  typeof name === 'string' && Object.hasOwn(shapes, name);

export const providerShape = (name: ProviderName): ProviderShape => shapes[name];
