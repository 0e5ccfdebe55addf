/** Getting what is held already, and 5,000 callers who find nothing held. */

import { median } from '../median.ts';
import { startCountingServer } from './counting-server.ts';
import type { Installation } from './install.ts';

export interface GetRow {
  readonly name: 'hufu' | 'credentials';
  readonly title: string;
  /** Each awaited before the next; median of the rounds. */
  readonly warmPerSecond: number;
  /** Calls that reached the server of the credentials. */
  readonly upstreamCalls: number;
  /** Until the last of the callers had its answer. */
  readonly stampedeMs: number;
  /** Callers who got an error. */
  readonly failed: number;
}

export interface GetSubject extends Pick<GetRow, 'name' | 'title'> {
  readonly installation: Installation;
  readonly warmProgram: string;
  readonly coldProgram: string;
}

export const callers = 5000;

export async function measureGets(
  subjects: readonly GetSubject[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<GetRow[]> {
  await using server = await startCountingServer();
  const { url } = server;
  const warm = new Map<GetSubject, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [{ installation, warmProgram }, rates] of warm) {
      rates.push(Number(await installation.run(warmProgram, { url, seconds })));
    }
  }
  const rows: GetRow[] = [];
  for (const [{ name, title, installation, coldProgram }, rates] of warm) {
    const before = server.calls;
    const { failed, ms }: { readonly failed: number; readonly ms: number } = JSON.parse(
      await installation.run(coldProgram, { url, callers }),
    );
    const upstreamCalls = server.calls - before;
    rows.push({ name, title, warmPerSecond: median(rates), upstreamCalls, stampedeMs: ms, failed });
  }
  return rows;
}
