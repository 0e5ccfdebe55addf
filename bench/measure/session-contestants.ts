/** Who stands beside whom for each operation of sessions: an echo, Hufu, the peer; and for RSA the machine itself. */

import { firstOf, type Load, type Traffic } from '../load/load.ts';
import { forHost } from '../requests/post.ts';
import { sendSuccessfully } from '../requests/send.ts';
import {
  operationTitles,
  type SessionOperation,
  type SessionServer,
  sessionOperations,
} from '../targets/session-operations.ts';
import { type Address, hostOf } from '../targets/target.ts';
import { measureRsaLimit } from './rsa-limit.ts';
import { sample } from './sample.ts';
import { checkSessionAnswer } from './session-answers.ts';
import type { Contestant } from './turns.ts';

export type SessionName = `${SessionOperation} ${'floor' | 'hufu' | 'peer'}` | 'rsa';
export type SessionContestant = Contestant<SessionName>;

/** What the operation looks like on the wire, for the echo. */
export interface Example {
  readonly operation: SessionOperation;
  readonly traffic: Traffic;
  readonly answer: string;
}

export async function exampleOf(
  server: SessionServer,
  operation: SessionOperation,
  connections: number,
): Promise<Example> {
  const traffic = await server.traffic(operation, { connections, mostRequests: 1 });
  const answer = await sendSuccessfully(server.url, firstOf(traffic));
  checkSessionAnswer(server.name, operation, answer);
  return { operation, traffic, answer };
}

/** Room for a run that is luckier than the one before it. */
const spareFactor = 1.5;

/** @param echoes one for each example. */
export function sessionContestants(
  load: Load,
  connections: number,
  servers: { readonly hufu: SessionServer; readonly peer: SessionServer },
  examples: readonly Example[],
  echoes: readonly Address[],
): SessionContestant[] {
  // How many assertions a run can use up: each costs a signature.
  let signaturesPerSecond = 0;

  const rsa: SessionContestant = {
    name: 'rsa',
    title: 'RSA-2048 signatures and nothing else',
    check: async () => {},
    async run(seconds) {
      const measured = await measureRsaLimit(seconds);
      signaturesPerSecond = measured.requestsPerSecond;
      return measured;
    },
  };

  const floor = ({ operation, traffic }: Example, target: Address): SessionContestant => ({
    name: `${operation} floor`,
    title: `echo of ${operationTitles[operation]}`,
    check: async () => {},
    run: (seconds) => sample(load, { target, traffic: trafficForEcho(traffic, hostOf(target)), connections, seconds }),
  });

  const served = (operation: SessionOperation, side: 'hufu' | 'peer'): SessionContestant => {
    const target = servers[side];
    return {
      name: `${operation} ${side}`,
      title: `${target.name} ${operationTitles[operation]}`,
      async check() {
        await exampleOf(target, operation, connections);
      },
      async run(seconds) {
        const mostRequests = Math.ceil(signaturesPerSecond * seconds * spareFactor) + connections;
        const traffic = await target.traffic(operation, { connections, mostRequests });
        const before = await target.refusals();
        const measured = await sample(load, { target, traffic, connections, seconds });
        // The load generator counts by status, the server by outcome.
        return { ...measured, errors: Math.max(measured.errors, (await target.refusals()) - before) };
      },
    };
  };

  return sessionOperations.flatMap((operation) => {
    const example = examples.findIndex((one) => one.operation === operation);
    const [shown, echo] = [examples[example], echoes[example]];
    return [
      // Once a round, before the first of those that it bounds.
      ...(operation === 'refreshRs256' ? [rsa] : []),
      ...(shown && echo ? [floor(shown, echo)] : []),
      served(operation, 'hufu'),
      ...(servers.peer.operations.includes(operation) ? [served(operation, 'peer')] : []),
    ];
  });
}

/** It looks at nothing: what is good once for others, it takes again and again. */
function trafficForEcho(traffic: Traffic, host: string): Traffic {
  if (traffic.kind === 'rotation') {
    return { kind: 'rotation', requests: traffic.requests.map((request) => forHost(request, host)) };
  }
  if (traffic.successor === undefined) return { kind: 'rotation', requests: [forHost(firstOf(traffic), host)] };
  return { ...traffic, requestOf: (text) => forHost(traffic.requestOf(text), host) };
}
