/** What is compared: the floor, the peer, and Hufu, each with the requests that it is asked. */

import type { HttpRequest } from '../load/load.ts';
import { type Caller, createTicket, refreshToken, type Scheme } from '../requests/sls.ts';
import { startFloor } from '../targets/floor.ts';
import { install } from '../targets/installation.ts';
import { startOidc } from '../targets/oidc.ts';
import { hostOf, type Target } from '../targets/target.ts';
import { createTickets } from './tickets.ts';

export const scenarioTitles = {
  floorCreate: 'floor for CreateTicket',
  createV1: 'Hufu CreateTicket, v1',
  createV4: 'Hufu CreateTicket, v4',
  floorRefresh: 'floor for RefreshToken',
  refreshV1: 'Hufu RefreshToken, v1',
  refreshV4: 'Hufu RefreshToken, v4',
  oidcOpaque: 'oidc-provider, opaque token',
  oidcJwt: 'oidc-provider, ES256 JWT',
  floorBare: 'floor, request without headers',
} as const;

export type ScenarioName = keyof typeof scenarioTitles;

export interface Scenario {
  readonly name: ScenarioName;
  readonly target: Target;
  /** Signed anew at each call: a signature is good for 15 minutes. */
  readonly requests: () => readonly HttpRequest[];
  /** Length of the answer, where the vendor's documents state it. */
  readonly answerBytes: number | undefined;
}

export interface Scenarios extends AsyncDisposable {
  readonly list: readonly Scenario[];
}

/** Tickets that RefreshToken is asked with, in rotation. */
const rotatedTickets = 1000;

const ticketBytes = 284;
const accessTokenBytes = 273;

/** Those that are compared stand beside each other, so that they meet the same seconds of the machine. */
export async function startScenarios(data: string | undefined): Promise<Scenarios> {
  await using stack = new AsyncDisposableStack();
  const floor = stack.use(await startFloor());
  const oidc = stack.use(await startOidc());
  const installation = stack.use(await install(data));
  const hufu = stack.use(await installation.serve());
  const tickets = await createTickets(hufu, rotatedTickets);

  const floorCaller: Caller = { ...hufu.caller, host: hostOf(floor) };
  const create = (name: ScenarioName, target: Target, caller: Caller, scheme: Scheme): Scenario => ({
    name,
    target,
    requests: () => [createTicket(caller, scheme)],
    answerBytes: ticketBytes,
  });
  const refresh = (name: ScenarioName, target: Target, caller: Caller, scheme: Scheme): Scenario => ({
    name,
    target,
    requests: () => tickets.map((ticket) => refreshToken(caller, scheme, ticket)),
    answerBytes: accessTokenBytes,
  });
  const peer = (name: ScenarioName, format: 'opaque' | 'jwt'): Scenario => ({
    name,
    target: oidc,
    requests: () => [oidc.tokenRequest(format)],
    answerBytes: undefined,
  });
  const list = [
    create('floorCreate', floor, floorCaller, 'v1'),
    create('createV1', hufu, hufu.caller, 'v1'),
    create('createV4', hufu, hufu.caller, 'v4'),
    refresh('floorRefresh', floor, floorCaller, 'v1'),
    refresh('refreshV1', hufu, hufu.caller, 'v1'),
    refresh('refreshV4', hufu, hufu.caller, 'v4'),
    peer('oidcOpaque', 'opaque'),
    peer('oidcJwt', 'jwt'),
    { name: 'floorBare', target: floor, requests: () => [bareRequest(floor)], answerBytes: ticketBytes } as const,
  ];
  const owned = stack.move();
  return { list, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const bareRequest = (floor: Target): HttpRequest => ({
  method: 'POST',
  path: '/tickets',
  headers: [
    ['host', hostOf(floor)],
    ['content-length', '0'],
  ],
  body: '',
});

/** The floor whose requests and answer are as large. */
export function floorOf(name: ScenarioName): ScenarioName {
  switch (name) {
    case 'floorRefresh':
    case 'refreshV1':
    case 'refreshV4':
      return 'floorRefresh';
    case 'floorCreate':
    case 'floorBare':
    case 'createV1':
    case 'createV4':
    case 'oidcOpaque':
    case 'oidcJwt':
      return 'floorCreate';
  }
}
