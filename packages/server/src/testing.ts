/**
 * The emulator inside a test's own process: a whole server on a free port, with demo users, applications and keys, a clock
 * that obeys, faults on order, and a reset between two tests.
 *
 * @example
 * ```ts
 * import { startEmulator } from 'hufu/testing';
 *
 * await using emulator = await startEmulator({ clock: '2026-01-01T00:00:00Z' });
 * const { endpoint, accessKeyId, accessKeySecret } = emulator.description.sls;
 * // … a client gets a ticket …
 * emulator.clock.advance(24 * 60 * 60);
 * // … and finds it expired.
 *
 * emulator.faults.add({ path: '/tickets', when: 'after-commit', do: 'drop' }); // the next answer is lost
 * emulator.requests.list(); // what the client sent, secrets shortened
 * await emulator.reset(); // as at the beginning, at the same URL
 * ```
 *
 * docs/emulator.md has whole examples. A server of `hufu serve` has none of this.
 */

export type { ControlledClock } from './emulator/clock.ts';
export type { Description } from './emulator/description.ts';
export type { Fault, FaultAsk, Faults } from './emulator/faults.ts';
export type { Arrived, ArrivedRequest } from './emulator/requests.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator/start.ts';
