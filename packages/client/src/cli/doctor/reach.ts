/** Is the server there? The name, a connection, the certificate, and what time it has; each only where the one before held. */

import type { Check } from '../terminal/check.ts';
import { checkCertificate } from './certificate.ts';
import { checkConnection } from './connection.ts';
import { checkName } from './name.ts';
import { checkServerClock } from './server-clock.ts';

/** Longest wait of each step. */
export const stepTimeoutMs = 5_000;

/** @param endpoint address of a server, `https://…`. */
export async function checkReach(endpoint: string, timeoutMs = stepTimeoutMs): Promise<Check[]> {
  const url = new URL(endpoint);
  const checks: Check[] = [];
  const holds = async (check: Promise<Check>): Promise<boolean> => {
    checks.push(await check);
    return checks.at(-1)?.state !== 'failed';
  };
  if (!(await holds(checkName(hostOf(url))))) return checks;
  if (!(await holds(checkConnection(hostOf(url), portOf(url), timeoutMs)))) return checks;
  if (url.protocol === 'https:' && !(await holds(checkCertificate(hostOf(url), portOf(url), timeoutMs)))) return checks;
  await holds(checkServerClock(endpoint, timeoutMs));
  return checks;
}

/** Addresses of version 6 without their brackets, as sockets want them. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80));
