/** What may be shown of a secret. */

/** Shorter secrets show nothing: their last characters would be a good part of them. */
const shortestShown = 20;

/** `[redacted ...9f3c]`, enough to tell two tokens apart in a bug report. */
export const redacted = (secret: string): string =>
  secret.length < shortestShown ? '[redacted]' : `[redacted ...${secret.slice(-4)}]`;

const word = /^(?:[A-Za-z][A-Za-z0-9._-]{0,63}|\d{1,6})$/;

/** A vendor's error code as it may stand in an error: a short plain word, a short number, or nothing. */
export const plainWord = (text: unknown): string | undefined =>
  typeof text === 'string' && word.test(text) ? text : undefined;
