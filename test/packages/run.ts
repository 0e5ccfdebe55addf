/** Runs every check and writes a line of JSON for each. Ends by itself: a timer that is left behind is seen as a program that hangs. */

import { readFileSync } from 'node:fs';
import { checks, type Demo } from './checks.ts';

import { type Outcome, outcomesOf } from './outcomes.ts';
import { programChecks } from './program-checks.ts';

const demo: Demo = JSON.parse(readFileSync(new URL('demo.json', import.meta.url), 'utf8'));
const tell = (outcome: Outcome): boolean => process.stdout.write(`${JSON.stringify(outcome)}\n`);
await outcomesOf({ ...checks, ...programChecks }, demo, tell);
