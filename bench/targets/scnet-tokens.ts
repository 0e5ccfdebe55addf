/** Tokens of the region, one for each login. */

import { readEnvelope, readLoginData } from '@hufu/wire/scnet';
import { accessKeyLogin, type ScnetCaller } from '../requests/scnet.ts';
import { sendSuccessfully } from '../requests/send.ts';
import type { ScnetApps } from './scnet-apps.ts';
import { type Address, hostOf } from './target.ts';

/** @param count of logins: the users take turns. */
export async function openScnet(target: Address, { region, callers }: ScnetApps, count: number): Promise<string[]> {
  async function open(caller: ScnetCaller): Promise<string> {
    const answer = await sendSuccessfully(target.url, accessKeyLogin(hostOf(target), caller));
    const row = readLoginData(readEnvelope(answer)?.data)?.find(({ clusterId }) => clusterId === region);
    if (typeof row?.token === 'string') return row.token;
    throw new Error('a login without a token of the region');
  }
  const opened: string[] = [];
  // All users at once, as often as it takes.
  while (opened.length < count) {
    opened.push(...(await Promise.all(callers.slice(0, count - opened.length).map(open))));
  }
  return opened;
}
