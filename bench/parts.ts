/** What a run consists of; each part can be run alone. */

export const parts = ['tickets', 'sessions', 'growth', 'client', 'start'] as const;

export type Part = (typeof parts)[number];
