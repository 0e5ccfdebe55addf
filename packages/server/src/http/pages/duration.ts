import { type Language, languageTags } from './language.ts';

/** A time as people say it, never shorter than it is: `45 seconds`, `15 minutes`, `2 hours`, `7 days`. */
export function spokenTime(language: Language, seconds: number): string {
  if (seconds < 60) return spoken(language, Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 60 * 60) return spoken(language, Math.ceil(seconds / 60), 'minute');
  if (seconds < 2 * 24 * 60 * 60) return spoken(language, Math.ceil(seconds / (60 * 60)), 'hour');
  return spoken(language, Math.ceil(seconds / (24 * 60 * 60)), 'day');
}

const spoken = (language: Language, count: number, unit: 'second' | 'minute' | 'hour' | 'day'): string =>
  new Intl.NumberFormat(languageTags[language], { style: 'unit', unit, unitDisplay: 'long' }).format(count);
