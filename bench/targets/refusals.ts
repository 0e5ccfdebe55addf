/** How many requests a server of Hufu has refused since its start, by its own count: SCNet refuses with status 200. */

import { sendSuccessfully } from '../requests/send.ts';
import { type Address, hostOf } from './target.ts';

export async function readRefusals(target: Address): Promise<number> {
  const headers = [['host', hostOf(target)]] as const;
  return countRefusals(await sendSuccessfully(target.url, { method: 'GET', path: '/metrics', headers, body: '' }));
}

/** @param text of Prometheus: `hufu_requests_total{dialect="scnet",operation="renew",outcome="ok"} 7`, one a line. */
export function countRefusals(text: string): number {
  const counts = text.matchAll(/^hufu_requests_total\{.*\boutcome="([^"]*)".*\} (\S+)$/gm);
  return [...counts].reduce((sum, [, outcome, count]) => (outcome === 'ok' ? sum : sum + Number(count)), 0);
}
