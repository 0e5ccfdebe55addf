/** Where a worker can die or stand still. */

/** In the order of the steps of a refresh. */
export const points = [
  'before-first-read',
  'after-first-read',
  'lock-taken',
  'before-intent',
  'after-intent',
  'before-send',
  'after-answer',
  'before-persist',
  'record-prepared',
  'record-linked',
  'after-persist',
  'before-lock-release',
  'after-lock-release',
] as const;

export type Point = (typeof points)[number];
