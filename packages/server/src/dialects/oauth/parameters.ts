/** Parameters as OAuth encodes them in a query or a body (RFC 6749, appendix B), read strictly. */

export interface Parameters {
  /** A parameter without a value counts as left out (RFC 6749, section 3.1). */
  readonly values: ReadonlyMap<string, string>;
  /** Names that came more than once, with or without a value. */
  readonly repeated: ReadonlySet<string>;
}

/** `undefined` for text that is not well encoded. */
export function readParameters(text: string): Parameters | undefined {
  const values = new Map<string, string>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = formDecoded(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : formDecoded(part.slice(at + 1));
    if (name === undefined || value === undefined) return undefined;
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
    if (value !== '') values.set(name, value);
  }
  return { values, repeated };
}

/** `undefined` where a percent sign begins nothing, or the bytes are no UTF-8. */
export function formDecoded(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
