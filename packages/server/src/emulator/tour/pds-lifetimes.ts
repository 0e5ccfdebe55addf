/** Steps of the document's refreshJwtToken: the two hours, the seven days, and what a refresh in between gives. */

import { daySeconds, later } from './instants.ts';
import { sampleClock } from './pds-jwt-token.ts';
import { badRefreshToken, isRefreshed, refreshJwt } from './pds-refresh-jwt.ts';
import { askAboutAccess, isActive } from './pds-resource-server.ts';
import { accessTokenSeconds, graceSeconds, keepTokens } from './pds-token-info.ts';
import { isOver } from './resource-server.ts';
import type { Step } from './step.ts';

const document = 'refreshJwtToken';

const accessEnd = later(sampleClock, accessTokenSeconds);
const trueEnd = later(accessEnd, graceSeconds);
const lastSecond = later(trueEnd, 7 * daySeconds - 1);
const renewalEnd = later(lastSecond, 7 * daySeconds);
/** One second behind the end of every session so far. */
export const afterwards = later(renewalEnd, 1);

export const lifetimeSteps: readonly Step[] = [
  {
    title: 'One second before the two hours are over',
    document,
    promise: 'An access token is good for two hours.',
    clock: later(accessEnd, -1),
    request: askAboutAccess('user'),
    check: isActive(sampleClock),
  },
  {
    title: 'Two hours later',
    document: 'Token, API reference',
    promise: 'The printed token ends 60 seconds behind its expires_in.',
    clock: accessEnd,
    request: askAboutAccess('user'),
    check: isActive(sampleClock),
  },
  {
    title: 'The last second of the access token',
    document: 'Token, API reference',
    promise: 'The printed token ends 7260 seconds after it was made.',
    clock: later(trueEnd, -1),
    request: askAboutAccess('user'),
    check: isActive(sampleClock),
  },
  {
    title: 'The access token is over',
    document,
    promise: 'After that nobody takes it any more.',
    clock: trueEnd,
    request: askAboutAccess('user'),
    check: isOver,
  },
  {
    title: 'A refresh with an access token that is over',
    document,
    promise: 'As long as the refresh token is good, it does not matter whether the access token is.',
    request: refreshJwt('user'),
    check: isRefreshed('user'),
    keep: keepTokens('renewed'),
  },
  {
    title: 'The new access token',
    document,
    promise: 'It is good for two hours of its own.',
    request: askAboutAccess('renewed'),
    check: isActive(trueEnd),
  },
  {
    title: 'The last second of seven days',
    document,
    promise: 'A refresh token is good for seven days.',
    clock: lastSecond,
    request: refreshJwt('renewed'),
    check: isRefreshed('renewed'),
    keep: keepTokens('last'),
  },
  {
    title: 'Seven days later',
    document,
    promise:
      'After seven days a refresh token is over. The parameter’s table says "expired" where it means the contrary.',
    clock: renewalEnd,
    request: refreshJwt('last'),
    check: badRefreshToken,
  },
  {
    title: 'One second more',
    document,
    promise: 'It stays so.',
    clock: afterwards,
    request: refreshJwt('last'),
    check: badRefreshToken,
  },
];
