/** A server under measurement. */

export interface Target extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

/** `host:port`, as a client sends it. */
export const hostOf = (target: Pick<Target, 'url'>): string => new URL(target.url).host;
