/** Walks a tour against an emulator of its own: real requests over HTTP, one after the other. */

import { Agent, request } from 'node:http';
import { type Emulator, startEmulator } from '../start.ts';
import type { Check, Scene, Step, Tour, TourAnswer, TourRequest } from './step.ts';

export interface StepReport {
  readonly tour: string;
  readonly step: Step;
  /** The emulator's clock during the step. */
  readonly atMs: number;
  readonly request: TourRequest;
  readonly answer: TourAnswer;
  readonly checks: readonly Check[];
  readonly ok: boolean;
}

/** Stops only when the steps are over: a promise that is not kept spoils none of the others. */
export async function* walk(tour: Tour): AsyncGenerator<StepReport> {
  await using emulator = await startEmulator({ clock: tour.clock });
  using connection = keptConnection();
  const kept = new Map<string, string>();
  for (const step of tour.steps) {
    yield await take(tour, step, emulator, connection.agent, kept);
  }
}

/** One connection for all steps, as a client keeps one. */
function keptConnection(): Disposable & { readonly agent: Agent } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return { agent, [Symbol.dispose]: () => agent.destroy() };
}

async function take(
  tour: Tour,
  step: Step,
  emulator: Emulator,
  agent: Agent,
  kept: Map<string, string>,
): Promise<StepReport> {
  if (step.clock !== undefined) emulator.clock.set(Date.parse(step.clock));
  const scene: Scene = {
    description: emulator.description,
    nowMs: emulator.clock.nowMs(),
    // Where the step before failed, there is nothing to recall, and this one fails as well.
    recall: (name) => kept.get(name) ?? '',
  };
  const asked = step.request(scene);
  const answer = await exchange(emulator.url, asked, agent);
  const checks = step.check(answer, scene);
  for (const [name, value] of Object.entries(step.keep?.(answer, scene) ?? {})) kept.set(name, value);
  return {
    tour: tour.name,
    step,
    atMs: scene.nowMs,
    request: asked,
    answer,
    checks,
    ok: checks.every((check) => check.ok),
  };
}

function exchange(url: string, asked: TourRequest, agent: Agent): Promise<TourAnswer> {
  const { method, target, headers, body = '', hasNoLength = false } = asked;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const outgoing = request({ hostname, port, method, path: target, headers: { ...headers, ...length }, agent });
    // What Node would add by itself.
    if (hasNoLength) for (const name of ['content-length', 'transfer-encoding']) outgoing.removeHeader(name);
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('error', reject);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: pairs(incoming.rawHeaders),
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.end(body);
  });
}

function pairs(raw: readonly string[]): Array<readonly [string, string]> {
  const found: Array<readonly [string, string]> = [];
  for (let at = 0; at < raw.length; at += 2) found.push([(raw[at] ?? '').toLowerCase(), raw[at + 1] ?? '']);
  return found;
}
