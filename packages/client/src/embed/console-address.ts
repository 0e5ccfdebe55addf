/** An address of the console, put together: the path, then parameters in the order in which they came. */

import { consoleOrigins } from '@hufu/wire/sls';
import { refuse, textOf } from '../core/given.ts';

export type ConsoleSite = keyof typeof consoleOrigins;

/** One query parameter. `filters` may come several times. */
export type Parameter = readonly [name: string, value: string];

/** Origin of a site by its name, or one of one's own: a proxy, an emulator. */
export function consoleOrigin(site: ConsoleSite | (string & {}) = 'china'): string {
  if (isNamed(site)) return consoleOrigins[site];
  try {
    const { origin, protocol } = new URL(site);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  } catch {
    // Said below.
  }
  return refuse('site is neither china, international nor an origin such as https://console.example.com');
}

const isNamed = (site: string): site is ConsoleSite => Object.hasOwn(consoleOrigins, site);

export function consoleAddress(
  origin: string,
  path: string,
  ids: Readonly<Record<string, unknown>>,
  parameters: readonly Parameter[],
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(ids, name));
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${origin}${filled}${query && `?${query}`}`;
}

/** Dots alone would climb up in the path. */
function segment(ids: Readonly<Record<string, unknown>>, name: string): string {
  const id = textOf(ids, name);
  return /^\.{1,2}$/.test(id) ? refuse(`${name} is no id`) : encodeURIComponent(id);
}
