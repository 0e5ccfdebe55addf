/** What a tour is made of: steps as data, each with what its document promises and how an answer is held to it. */

import type { Description } from '../description.ts';

export interface TourRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Says nothing of a body that is not there, as curl does; else a POST has a length. */
  readonly hasNoLength?: boolean;
}

export interface TourAnswer {
  readonly status: number;
  /** In the order of arrival, names in lower case. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

/** Where a step plays. */
export interface Scene {
  readonly description: Description;
  readonly nowMs: number;
  /** What an earlier step kept. */
  recall(name: string): string;
}

/** One promise, and whether it was kept. */
export interface Check {
  readonly promise: string;
  readonly ok: boolean;
  /** What came instead, secrets shortened; `undefined` where it is as promised. */
  readonly found: string | undefined;
}

export interface Step {
  readonly title: string;
  /** Where it stands, and what stands there, in our words. */
  readonly document: string;
  readonly promise: string;
  /** Instant to which the clock is set first, in ISO 8601. */
  readonly clock?: string;
  readonly request: (scene: Scene) => TourRequest;
  readonly check: (answer: TourAnswer, scene: Scene) => readonly Check[];
  /** What later steps need, by name. */
  readonly keep?: (answer: TourAnswer, scene: Scene) => Readonly<Record<string, string>>;
}

export interface Tour {
  readonly name: string;
  /** Instant at which the emulator's clock stands from the beginning. */
  readonly clock: string;
  readonly steps: readonly Step[];
}
