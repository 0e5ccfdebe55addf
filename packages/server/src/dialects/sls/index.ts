/** Alibaba Cloud SLS: CreateTicket and RefreshToken. Assembles the dialect; every rule stands in the files beside this one. */

import { operations } from '@hufu/wire/sls';
import { requestId } from '../../core/ids.ts';
import type { TicketSpeech } from '../../core/speech.ts';
import type { Dialect } from '../dialect.ts';
import { errorOf, transportErrorOf } from './errors.ts';
import { accessTokenFormat, ticketFormat } from './formats.ts';
import { type SlsOptions, slsDefaults } from './options.ts';
import { parse } from './request.ts';
import { answer, refusal } from './response.ts';

export { type SlsOptions, slsDefaults } from './options.ts';

export function createSlsDialect(given: Partial<SlsOptions> = {}): Dialect {
  const options: SlsOptions = Object.freeze({ ...slsDefaults, ...given });
  const speech: TicketSpeech = {
    name: 'sls',
    lifetimes: {
      grant: range(options.ticketDefaultSeconds, options.ticketMaximumSeconds),
      accessToken: range(options.accessTokenDefaultSeconds, options.accessTokenMaximumSeconds),
      overlongAccessToken: options.overlongAccessToken,
    },
    grantFormat: ticketFormat,
    accessFormat: accessTokenFormat,
  };
  return {
    name: speech.name,
    routes: [operations.createTicket, operations.refreshToken],
    bodyLimitBytes: options.bodyLimitBytes,
    formats: [ticketFormat, accessTokenFormat],
    clientTypes: [],
    requestId,
    recognises: (headers) => headers['x-log-apiversion'] !== undefined,
    parse: (request) => parse(request, speech, options),
    answer: (operation, outcome, context) => answer(operation, outcome, context, options.serverHeader),
    refuse: (reason, context) => refusal(errorOf(reason, context), context, options.serverHeader),
    refuseTransport: (problem, context) =>
      refusal(transportErrorOf(problem, context, options.bodyLimitBytes), context, options.serverHeader),
  };
}

const range = (defaultSeconds: number, maximumSeconds: number) => ({
  minimumSeconds: 0,
  defaultSeconds,
  maximumSeconds,
});
