/** The tour of Alibaba Cloud SLS: the documents on CreateTicket and RefreshToken. */

import { createTicketSteps, ticketSampleClock } from './sls-create-ticket.ts';
import { refreshTokenSteps } from './sls-refresh-token.ts';
import type { Tour } from './step.ts';

export const slsTour: Tour = {
  name: 'sls',
  clock: ticketSampleClock,
  steps: [...createTicketSteps, ...refreshTokenSteps],
};
