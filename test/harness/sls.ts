/** Shorthand of the SLS tests: an emulator on a stopped clock, and calls that are signed for it. */

import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type Answer, exchange } from './exchange.ts';
import { type Keys, type Signed, type Sketch, signV1, signV4 } from './sign.ts';

/** The instant of the vendor's printed sample. */
export const sampleInstant = '2024-10-30T03:02:45.559Z';

export interface SlsBench extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly url: string;
  readonly host: string;
  readonly keys: Keys;
  readonly temporary: Keys;
  readonly denied: Keys;
  nowMs(): number;
  sign(path: string, query?: Record<string, string>, options?: Options): Signed;
  call(path: string, query?: Record<string, string>, options?: Options): Promise<Answer>;
  createTicket(query?: Record<string, string>, options?: Options): Promise<string>;
}

export interface Options extends Partial<Sketch> {
  readonly as?: Keys;
  readonly scheme?: 'v1' | 'v4' | 'v1-sha1';
  readonly region?: string;
}

export async function openSls(settings: Parameters<typeof startEmulator>[0] = {}): Promise<SlsBench> {
  const emulator = await startEmulator({ clock: sampleInstant, ...settings });
  const { sls } = emulator.description;
  const keys = { accessKeyId: sls.accessKeyId, accessKeySecret: sls.accessKeySecret };
  const bench: SlsBench = {
    emulator,
    url: emulator.url,
    host: sls.endpoint,
    keys,
    temporary: sls.temporary,
    denied: sls.denied,
    nowMs: () => emulator.clock.nowMs(),
    sign(path, query = {}, { as = keys, scheme = 'v1', region = 'cn-shanghai', ...rest } = {}) {
      const sketch: Sketch = { path, query, host: sls.endpoint, atMs: emulator.clock.nowMs(), ...rest };
      if (scheme === 'v4') return signV4(as, sketch, region);
      return signV1(as, sketch, scheme === 'v1' ? 'hmac-sha256' : 'hmac-sha1');
    },
    call: (path, query, options) => exchange(emulator.url, bench.sign(path, query, options)),
    async createTicket(query, options) {
      const answer = await bench.call('/tickets', query, options);
      if (answer.status !== 200) throw new Error(`CreateTicket answered ${answer.status}: ${answer.body}`);
      return String((JSON.parse(answer.body) as { ticket: string }).ticket);
    },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
  return bench;
}

/** Claims of a compact JWT, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
}

export const errorOf = (answer: Answer): { errorCode: string; errorMessage: string } =>
  JSON.parse(answer.body) as { errorCode: string; errorMessage: string };
