/** Tickets that the measurements present later. */

import { sendSuccessfully } from '../requests/send.ts';
import { createTicket } from '../requests/sls.ts';
import type { HufuTarget } from '../targets/installation.ts';

const atOnce = 50;

export async function createTickets(hufu: HufuTarget, count: number): Promise<string[]> {
  const tickets: string[] = [];
  while (tickets.length < count) {
    const more = Math.min(atOnce, count - tickets.length);
    tickets.push(...(await Promise.all(Array.from({ length: more }, () => createOne(hufu)))));
  }
  return tickets;
}

async function createOne({ url, caller }: HufuTarget): Promise<string> {
  const body: unknown = JSON.parse(await sendSuccessfully(url, createTicket(caller, 'v1')));
  if (typeof body === 'object' && body !== null && 'ticket' in body && typeof body.ticket === 'string') {
    return body.ticket;
  }
  throw new Error('an answer without a ticket');
}
