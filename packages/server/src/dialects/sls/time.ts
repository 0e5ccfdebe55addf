/** The two forms in which SLS requests carry their time. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const rfc822 = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const compact = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

let last: { readonly text: string; readonly atMs: number | undefined } = { text: '', atMs: undefined };

/**
 * `Wed, 30 Oct 2024 03:02:45 GMT` (v1) or `20241030T030245Z` (v4) in unix milliseconds.
 * Requests of the same second carry the same text, so the last answer is kept.
 */
export function parseRequestTime(text: string): number | undefined {
  if (text !== last.text) last = { text, atMs: parse(text) };
  return last.atMs;
}

function parse(text: string): number | undefined {
  const v1 = rfc822.exec(text);
  if (v1) {
    const month = months.indexOf(v1[2] ?? '');
    return month < 0 ? undefined : instant([v1[3], month, v1[1], v1[4], v1[5], v1[6]]);
  }
  const v4 = compact.exec(text);
  return v4 ? instant([v4[1], Number(v4[2]) - 1, v4[3], v4[4], v4[5], v4[6]]) : undefined;
}

/** Refuses what the calendar does not have, such as 31 February or 24:00:60. */
function instant(parts: ReadonlyArray<string | number | undefined>): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const atMs = Date.UTC(year, month, day, hour, minute, second);
  const date = new Date(atMs);
  const kept = date.getUTCMonth() === month && date.getUTCDate() === day && date.getUTCHours() === hour;
  return kept && minute < 60 && second < 60 ? atMs : undefined;
}
