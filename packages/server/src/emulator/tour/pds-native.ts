/** Steps of getTokenByCode and refreshToken by an application on the user's own machine, which has no secret. */

import { messages, type RefreshParams, sdkForms, sdkUndefined } from '@hufu/wire/pds';
import { daySeconds, later } from './instants.ts';
import { refusal, sent } from './pds-call.ts';
import { badSecret, loginClock } from './pds-code.ts';
import { codeOf, logIn } from './pds-login.ts';
import { badRefreshToken } from './pds-refresh-jwt.ts';
import { askAboutAccess } from './pds-resource-server.ts';
import {
  accessTokenSeconds,
  demoUser,
  graceSeconds,
  keepTokens,
  refreshOf,
  renewed,
  tokenInfo,
} from './pds-token-info.ts';
import { isOver } from './resource-server.ts';
import type { Scene, Step, TourAnswer, TourRequest } from './step.ts';

const app = 'nativeApp';

/** The pair of RFC 7636, appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const redeem =
  (code_verifier?: string) =>
  ({ description, recall }: Scene): TourRequest => {
    const { clientId: client_id, redirectUri: redirect_uri } = description.pds[app];
    return sent(sdkForms.getTokenByCode({ client_id, redirect_uri, code: recall(codeOf(app)), code_verifier }));
  };

const refresh =
  (session: string, change: Partial<RefreshParams> = {}) =>
  ({ description, recall }: Scene): TourRequest => {
    const { clientId: client_id, redirectUri: redirect_uri } = description.pds[app];
    const refresh_token = recall(refreshOf(session));
    return sent(sdkForms.refreshToken({ client_id, redirect_uri, refresh_token, ...change }));
  };

const isRefreshed = (session: string) => (answer: TourAnswer, scene: Scene) =>
  renewed(answer, scene, demoUser(scene, app), session);

const accessEnd = later(loginClock, accessTokenSeconds + graceSeconds);
const lastSecond = later(accessEnd, 7 * daySeconds - 1);
const renewalEnd = later(lastSecond, 7 * daySeconds);

export const nativeSteps: readonly Step[] = [
  ...logIn({ app, called: 'native application', more: { code_challenge: challenge, code_challenge_method: 'S256' } }),
  {
    title: 'A stolen code',
    document: 'Guide to native applications',
    promise: 'Where no secret proves the application, a proof key does: the code alone is worth nothing.',
    request: redeem(),
    check: (answer) =>
      refusal(answer, 400, 'InvalidParameterNotMatch.CodeVerifier', messages.notMatch('code_verifier')),
  },
  {
    title: 'A token without a secret',
    document: 'getTokenByCode',
    promise: 'client_secret is for applications of the type webserver only.',
    request: redeem(verifier),
    check: (answer, scene) => tokenInfo(answer, scene, demoUser(scene, app)),
    keep: keepTokens('native'),
  },
  {
    title: 'A secret where there is none',
    document: 'Official SDK 1.4.0',
    promise: 'A member that is undefined goes out as this word; an application without a secret has to leave it out.',
    request: refresh('native', { client_secret: sdkUndefined }),
    check: badSecret,
  },
  {
    title: 'The access token’s end, two hours and a minute later',
    document: 'refreshToken',
    promise: 'An access token is good for two hours.',
    clock: accessEnd,
    request: askAboutAccess('native'),
    check: isOver,
  },
  {
    title: 'A refresh after that, without a secret',
    document: 'refreshToken',
    promise: 'As long as the refresh token is good, it does not matter whether the access token is.',
    request: refresh('native'),
    check: isRefreshed('native'),
    keep: keepTokens('native, renewed'),
  },
  {
    title: 'The last second of its seven days',
    document: 'refreshToken',
    promise: 'A refresh token is good for seven days.',
    clock: lastSecond,
    request: refresh('native, renewed'),
    check: isRefreshed('native, renewed'),
    keep: keepTokens('native, last'),
  },
  {
    title: 'The end of its seven days',
    document: 'refreshToken',
    promise: 'After seven days a refresh token is over.',
    clock: renewalEnd,
    request: refresh('native, last'),
    check: badRefreshToken,
  },
  {
    title: 'A second after its seven days',
    document: 'refreshToken',
    promise: 'It stays so.',
    clock: later(renewalEnd, 1),
    request: refresh('native, last'),
    check: badRefreshToken,
  },
];
