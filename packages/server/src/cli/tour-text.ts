/** How a step of the tour is told, to people and to programs. Secrets are shortened in both. */

import type { Paint } from '@hufu/client/terminal';
import { shortenBody, shortenHeader, shortenPairs } from '../emulator/shorten.ts';
import { jsonOf, jwtTexts } from '../emulator/tour/checks.ts';
import type { TourAnswer, TourRequest } from '../emulator/tour/step.ts';
import type { StepReport } from '../emulator/tour/walk.ts';

/** Colours, where there is somebody to see them. */
export type Painter = (style: Paint, text: string) => string;

/** Members are added, never renamed. */
export const stepView = ({ tour, step, atMs, request, answer, checks, ok }: StepReport): object => ({
  tour,
  title: step.title,
  document: step.document,
  promise: step.promise,
  clock: new Date(atMs).toISOString(),
  request: {
    method: request.method,
    target: shownTarget(request.target),
    headers: Object.fromEntries(shownHeaders(Object.entries(request.headers))),
    body: shownBody(Object.entries(request.headers), request.body ?? ''),
  },
  answer: {
    status: answer.status,
    headers: Object.fromEntries(shownHeaders(answer.headers)),
    body: shownBody(answer.headers, answer.body),
    claims: claimsOf(answer) ?? null,
  },
  checks: checks.map(({ promise, ok, found }) => ({ promise, ok, found: found ?? null })),
  ok,
});

export function stepText(paint: Painter, { step, atMs, request, answer, checks }: StepReport, number: number): string {
  const claims = claimsOf(answer);
  const kept = checks.filter((check) => check.ok).map((check) => check.promise);
  const broken = checks.filter((check) => !check.ok);
  return [
    paint('bold', `${number}. ${step.title}`),
    ...wrap(`${step.document}: ${step.promise}`.split(' '), ' ').map((line) => paint('dim', `   ${line}`)),
    ...message('→', `${request.method} ${shownTarget(request.target)}`, requestLines(request)),
    ...message('←', `${answer.status}  at ${new Date(atMs).toISOString()}`, answerLines(answer)),
    ...(claims === undefined ? [] : [`     holds ${JSON.stringify(claims)}`]),
    ...wrap(kept, ' · ').map((line) => `   ${paint('green', '✓')} ${line}`),
    ...broken.map(({ promise, found }) => paint('red', `   ✗ ${promise}; came: ${found}`)),
    '',
  ].join('\n');
}

export function closingText(paint: Painter, reports: readonly StepReport[]): string {
  const failed = reports.filter((report) => !report.ok).length;
  const promises = reports.reduce((sum, report) => sum + report.checks.length, 0);
  return failed === 0
    ? paint(['bold', 'green'], `${reports.length} steps, ${promises} promises: all as documented.`)
    : paint(['bold', 'red'], `${failed} of ${reports.length} steps are not as documented.`);
}

const columns = 94;

/** Joins words, or whole promises, to lines that no terminal breaks. */
function wrap(words: readonly string[], between: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : last + between + word;
    if (last !== undefined && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const message = (arrow: string, first: string, lines: readonly string[]): string[] => [
  `   ${arrow} ${first}`,
  ...lines.map((line) => `     ${line}`),
];

const requestLines = ({ headers, body = '' }: TourRequest): string[] => lines(Object.entries(headers), body);
const answerLines = ({ headers, body }: TourAnswer): string[] => lines(headers, body);

type Headers = ReadonlyArray<readonly [name: string, value: string]>;

function lines(headers: Headers, body: string): string[] {
  const shown = shownHeaders(headers).map(([name, value]) => `${name}: ${value}`);
  return body === '' ? shown : [...shown, shownBody(headers, body)];
}

function shownTarget(target: string): string {
  const at = target.indexOf('?');
  return at < 0 ? target : `${target.slice(0, at)}?${shortenPairs(target.slice(at + 1))}`;
}

const shownHeaders = (headers: Headers): Array<[string, string]> =>
  headers.map(([name, value]) => [name, shortenHeader(name, value)]);

function shownBody(headers: Headers, body: string): string {
  return body === '' ? '' : shortenBody(headers.find(([name]) => name === 'content-type')?.[1] ?? '', body);
}

/** What the token of an answer says about itself: it is readable by design, and proves nothing without its signature. */
function claimsOf(answer: TourAnswer): Record<string, unknown> | undefined {
  const token = Object.values(jsonOf(answer.body)).find((value) => typeof value === 'string' && /^eyJ/.test(value));
  return typeof token === 'string' ? jsonOf(jwtTexts(token).payload) : undefined;
}
