/** The emulator's own routes of the admin API: its clock, its faults, what arrived. A production server has none of them. */

import { z } from 'zod';
import { AdminError } from '../http/admin/errors.ts';
import { instant, instantAsk, iso } from '../http/admin/fields.ts';
import { type AdminRoute, route } from '../http/admin/route.ts';
import type { ControlledClock } from './clock.ts';
import type { Description } from './description.ts';
import { FaultRefused, type Faults, faultAsk, TooManyFaults } from './faults.ts';
import type { Arrived } from './requests.ts';

export interface DevParts {
  readonly clock: ControlledClock;
  readonly faults: Faults;
  readonly requests: Arrived;
  /** Back to the seed state; gives what there is from then on. */
  readonly reset: () => Promise<Description>;
}

export const devRoutes = (parts: DevParts): AdminRoute[] => [
  ...clockRoutes(parts),
  ...faultRoutes(parts),
  ...requestRoutes(parts),
  resetRoute(parts),
];

const clockShape = z.object({ now: instant, frozen: z.boolean() }).meta({ id: 'Clock' });

const clockAsk = z.union(
  [
    z.strictObject({ now: instantAsk }),
    z.strictObject({ advanceSeconds: z.number() }),
    z.strictObject({ run: z.literal(true) }),
  ],
  'allowed: {"now": ISO 8601}, {"advanceSeconds": number} or {"run": true}',
);

function clockRoutes({ clock }: DevParts): AdminRoute[] {
  const view = () => ({ now: iso(clock.nowMs()), frozen: clock.frozen });
  return [
    route({
      method: 'GET',
      path: '/dev/clock',
      operationId: 'getClock',
      summary: 'Shows the emulator’s clock',
      answer: clockShape,
      run: async () => view(),
    }),
    route({
      method: 'POST',
      path: '/dev/clock',
      operationId: 'setClock',
      summary: 'Sets the emulator’s clock and stops it there, moves it, or lets it run',
      body: clockAsk,
      answer: clockShape,
      run: async ({ body }) => {
        try {
          if ('now' in body) clock.set(body.now);
          else if ('advanceSeconds' in body) clock.advance(body.advanceSeconds);
          else clock.run();
        } catch (error) {
          if (error instanceof RangeError) throw new AdminError('invalid_request', error.message);
          throw error;
        }
        return view();
      },
    }),
  ];
}

const faultsShape = z.object({ faults: z.array(faultAsk) }).meta({ id: 'Faults' });

function faultRoutes({ faults }: DevParts): AdminRoute[] {
  const view = () => ({ faults: [...faults.list()] });
  return [
    route({
      method: 'GET',
      path: '/dev/faults',
      operationId: 'listFaults',
      summary: 'Lists the faults that wait for a request, with the times that are left',
      answer: faultsShape,
      run: async () => view(),
    }),
    route({
      method: 'POST',
      path: '/dev/faults',
      operationId: 'addFault',
      summary:
        'Lets the next requests of a path fail, before or after their commit: dropped, refused, delayed or cut off midway',
      body: faultAsk,
      answer: faultsShape,
      status: 201,
      errors: ['conflict'],
      run: async ({ body }) => {
        try {
          faults.add(body);
        } catch (error) {
          if (error instanceof FaultRefused) throw new AdminError('invalid_request', `body.${error.message}`);
          if (error instanceof TooManyFaults) throw new AdminError('conflict', error.message);
          throw error;
        }
        return view();
      },
    }),
    route({
      method: 'DELETE',
      path: '/dev/faults',
      operationId: 'clearFaults',
      summary: 'Forgets every fault',
      answer: faultsShape,
      run: async () => {
        faults.clear();
        return view();
      },
    }),
  ];
}

const requestsShape = z
  .object({
    requests: z.array(
      z.object({
        at: instant,
        method: z.string(),
        path: z.string(),
        query: z.string(),
        headers: z.record(z.string(), z.string()),
        body: z.string(),
        status: z.number().int().nullable().meta({ description: 'null where nothing was answered' }),
      }),
    ),
  })
  .meta({ id: 'ArrivedRequests' });

function requestRoutes({ requests }: DevParts): AdminRoute[] {
  const view = () => ({
    requests: requests.list().map(({ atMs, status, ...rest }) => ({ at: iso(atMs), ...rest, status: status ?? null })),
  });
  return [
    route({
      method: 'GET',
      path: '/dev/requests',
      operationId: 'listArrivedRequests',
      summary: 'Shows the latest requests, oldest first, with secrets shortened',
      answer: requestsShape,
      run: async () => view(),
    }),
    route({
      method: 'DELETE',
      path: '/dev/requests',
      operationId: 'clearArrivedRequests',
      summary: 'Forgets the requests so far',
      answer: requestsShape,
      run: async () => {
        requests.clear();
        return view();
      },
    }),
  ];
}

const descriptionShape = z
  .looseObject({ url: z.string(), version: z.string(), dataDir: z.string() })
  .meta({ id: 'EmulatorDescription', description: 'What `hufu dev --json` prints' });

const resetRoute = ({ reset }: DevParts): AdminRoute =>
  route({
    method: 'POST',
    path: '/dev/reset',
    operationId: 'resetEmulator',
    summary: 'Back to the seed state: data, clock, faults and arrived requests. URL, port and open connections stay',
    answer: descriptionShape,
    run: async () => ({ ...(await reset()) }),
  });
