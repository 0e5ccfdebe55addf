/** What a profile is made of, and what each provider takes: by the names of the provider's own options (docs/client/). */

import { oauth2Shape } from './oauth2-shape.ts';
import { pdsShape } from './pds-shape.ts';
import { scnetShape } from './scnet-shape.ts';
import { slsShape } from './sls-shape.ts';

/** `object` is JSON; a list holds the words that are allowed; `seconds` and `ms` are whole numbers. */
export type OptionKind = 'text' | 'seconds' | 'ms' | 'boolean' | 'object' | 'accessKey' | readonly string[];

export interface OptionShape {
  readonly kind: OptionKind;
  /** For help and questions. */
  readonly what: string;
  /** Never stands in the file: only where it is to be found. */
  readonly isSecret?: true;
  /** There is no default. */
  readonly isNeeded?: true;
  /** Asked for on a terminal, although it may be left out. */
  readonly isAsked?: true;
}

export type OptionShapes = Readonly<Record<string, OptionShape>>;

export interface GrantShape {
  readonly what: string;
  readonly options: OptionShapes;
}

export interface ProviderShape {
  readonly what: string;
  /** By the name that stands in `grant`. Where there is one only, it need not be named. */
  readonly grants: Readonly<Record<string, GrantShape>>;
}

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
