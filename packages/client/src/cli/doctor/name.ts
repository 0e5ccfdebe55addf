/** Does the server's name lead anywhere? */

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { errnoOf } from '../../files/errno.ts';
import { type Check, failed, ok } from '../terminal/check.ts';

const shownAddresses = 3;

export async function checkName(host: string): Promise<Check> {
  if (isIP(host)) return ok('dns', `${host} is an address`);
  try {
    const found = await lookup(host, { all: true });
    const shown = found.slice(0, shownAddresses).map(({ address }) => address);
    const more = found.length > shown.length ? ` and ${found.length - shown.length} more` : '';
    return ok('dns', `${host} is ${shown.join(', ')}${more}`);
  } catch (error) {
    return failed('dns', `${host}: ${reasonOf(errnoOf(error))}`);
  }
}

function reasonOf(errno: string | undefined): string {
  if (errno === 'ENOTFOUND') return 'there is no such name: check region and endpoint of the profile';
  if (errno === 'EAI_AGAIN') return 'no name server answers: is this machine on the network?';
  return `the name cannot be looked up (${errno ?? 'unknown error'})`;
}
