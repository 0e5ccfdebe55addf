/**
 * Text in header values. HTTP carries bytes, and JavaScript shows each as one code unit up to U+00FF: Node's
 * `headers`, `fetch`. SCNet puts names and passwords there, which need not be ASCII.
 *
 * client: curl sends what the terminal gives it, UTF-8; Python's requests and OkHttp send UTF-8 where they are told to
 * and refuse the text otherwise.
 */

/** No header carries a control character, the tab apart. */
const isControl = (character: string): boolean => (character < ' ' && character !== '\t') || character === '\x7f';

/**
 * A header value that means `text`: its UTF-8 bytes, one code unit each. ASCII is itself.
 *
 * @throws RangeError where no header could carry it: a control character, white space at either end (every parser strips
 *   it), half a surrogate pair, or nothing at all. The text is not told, since it may be a password.
 */
export function headerValue(name: string, text: string): string {
  const hasOuterBlank = /^[ \t]|[ \t]$/.test(text);
  if (text === '' || hasOuterBlank || !text.isWellFormed() || [...text].some(isControl)) {
    const why = 'it is empty, not well formed, or has a control character or outer white space';
    throw new RangeError(`header ${name} cannot carry this value: ${why}`);
  }
  return encodeURIComponent(text).replace(/%(..)/g, (_escape, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * What a header value means. Where its bytes are no UTF-8, each is taken as the character of its number (Latin-1), and
 * a value that somebody decoded before is left alone.
 */
export function headerText(value: string): string {
  if (!/[\x80-\uffff]/.test(value) || /[\u0100-\uffff]/.test(value)) return value;
  try {
    return decodeURIComponent(value.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    return value;
  }
}
