/** SCNet / AccCloud: logins, renewal, check, region, user. Assembles the dialect; every rule stands in the files beside this one. */

import { operations, platformRegion } from '@hufu/wire/scnet';
import { requestId } from '../../core/ids.ts';
import type { RegionSpeech } from '../../core/speech.ts';
import type { Dialect } from '../dialect.ts';
import { scnetClientTypes } from './client-types.ts';
import { errorOf, transportErrorOf } from './errors.ts';
import { tokenFormat } from './formats.ts';
import { type ScnetOptions, scnetDefaults } from './options.ts';
import { parse } from './request.ts';
import { answer, refusal } from './response.ts';
import { regionServices } from './services.ts';

export { type ScnetOptions, scnetDefaults } from './options.ts';

export function createScnetDialect(given: Partial<ScnetOptions> = {}): Dialect {
  const options: ScnetOptions = Object.freeze({ ...scnetDefaults, ...given });
  const format = tokenFormat(options);
  const { clusterId: id, clusterName: name } = platformRegion;
  const speech: RegionSpeech = {
    name: 'scnet',
    tokenFormat: format,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds,
    loginLifetimeSeconds: options.loginLifetimeSeconds,
    renewalWindowSeconds: options.renewalWindowSeconds,
    oldToken: options.oldToken,
    retryWindowSeconds: options.retryWindowSeconds,
    platform: { id, name, account: options.platformComputeUser },
    singleUse: options.replay === 'refuse',
  };
  return {
    name: speech.name,
    routes: Object.values(operations).map(({ method, path }) => ({ method, path })),
    bodyLimitBytes: options.bodyLimitBytes,
    formats: [format],
    clientTypes: scnetClientTypes,
    regionServices,
    requestId,
    // Whatever stands below the two prefixes of the gateway.
    recognises: (_headers, path) => /^\/(?:ac\/openapi|api\/user)\//.test(path),
    parse: (request) => parse(request, speech, options),
    answer,
    refuse: (reason, context) => refusal(errorOf(reason, context), context),
    refuseTransport: (problem, context) => refusal(transportErrorOf(problem), context),
  };
}
