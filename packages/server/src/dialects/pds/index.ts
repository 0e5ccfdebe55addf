/** Alibaba Cloud PDS: the token calls. Assembles the dialect; every rule stands in the files beside this one. */

import { domainOfHost, paths, sdkHeader } from '@hufu/wire/pds';
import { requestId } from '../../core/ids.ts';
import type { Dialect } from '../dialect.ts';
import { authorizationCodec } from './authorize.ts';
import { pdsClientTypes } from './client-types.ts';
import { errorOf, transportErrorOf } from './errors.ts';
import { accessTokenFormat } from './formats.ts';
import { type PdsOptions, pdsDefaults } from './options.ts';
import { parse } from './request.ts';
import { answer, refusal } from './response.ts';
import { sessionSpeech } from './speech.ts';

export { type PdsOptions, pdsDefaults } from './options.ts';

export function createPdsDialect(given: Partial<PdsOptions> = {}): Dialect {
  const options: PdsOptions = Object.freeze({ ...pdsDefaults, ...given });
  const accessFormat = accessTokenFormat(options);
  const speech = sessionSpeech(options, accessFormat);
  return {
    name: speech.name,
    routes: [paths.token, paths.accountToken, paths.accountRevoke, paths.publicKey].map((path) => ({
      method: 'POST',
      path,
      // What the SDK sends from a page.
      crossOriginHeaders: ['content-type', sdkHeader, 'idempotency-key'],
    })),
    bodyLimitBytes: options.bodyLimitBytes,
    formats: [accessFormat],
    clientTypes: pdsClientTypes,
    authorization: authorizationCodec(speech, options),
    requestId,
    // The vendor's hosts, or the header that the SDK sends with everything.
    recognises: (headers) => headers[sdkHeader] !== undefined || domainOfHost(headers.host ?? '') !== undefined,
    parse: (request) => parse(request, speech, options),
    answer: (_operation, outcome, context) => answer(outcome, context),
    refuse: (reason, context) => refusal(errorOf(reason, context), context),
    refuseTransport: (problem, context) => refusal(transportErrorOf(problem, context), context),
  };
}
