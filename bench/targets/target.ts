/** What is measured of a server: where it listens, and which process it is. */
export interface Address {
  readonly url: string;
  readonly pid: number;
}

/** A server under measurement. */
export interface Target extends Address, AsyncDisposable {}

/** `host:port`, as a client sends it. */
export const hostOf = (target: Pick<Address, 'url'>): string => new URL(target.url).host;
