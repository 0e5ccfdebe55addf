/** Runs checks one after the other, on whichever runtime. */

import type { Check, Demo } from './checks.ts';

export interface Outcome {
  readonly name: string;
  /** What was wrong; `null`: nothing. */
  readonly problem: string | null;
}

export async function outcomesOf(
  checks: Readonly<Record<string, Check>>,
  demo: Demo,
  tell: (outcome: Outcome) => unknown = () => {},
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const problem = await check(demo).then(
      () => null,
      (error: unknown) => `${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
    const outcome = { name, problem };
    outcomes.push(outcome);
    tell(outcome);
  }
  return outcomes;
}
