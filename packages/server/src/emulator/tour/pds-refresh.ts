/** Steps of the document's refreshToken, by an application on a server, which has a secret. */

import { messages, type RefreshParams, sdkForms, sdkUndefined } from '@hufu/wire/pds';
import { refusal, sent } from './pds-call.ts';
import { badSecret, loginClock } from './pds-code.ts';
import { badRefreshToken } from './pds-refresh-jwt.ts';
import { askAboutAccess, isActive } from './pds-resource-server.ts';
import { demoUser, keepTokens, refreshOf, renewed } from './pds-token-info.ts';
import { isOver } from './resource-server.ts';
import type { Scene, Step, TourAnswer, TourRequest } from './step.ts';

const document = 'refreshToken';
const app = 'webServerApp';

const refresh =
  (session: string, change: Partial<RefreshParams> = {}) =>
  ({ description, recall }: Scene): TourRequest => {
    const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = description.pds[app];
    const refresh_token = recall(refreshOf(session));
    return sent(sdkForms.refreshToken({ client_id, client_secret, redirect_uri, refresh_token, ...change }));
  };

const isRefreshed = (session: string) => (answer: TourAnswer, scene: Scene) =>
  renewed(answer, scene, demoUser(scene, app), session);

export const refreshSteps: readonly Step[] = [
  {
    title: 'A refresh without the secret',
    document,
    promise: 'client_secret is required of applications of the type webserver.',
    request: refresh('web', { client_secret: undefined }),
    check: badSecret,
  },
  {
    title: 'A refresh whose secret is undefined',
    document: 'Official SDK 1.4.0',
    promise: 'A member that is undefined goes out as this word, and the word is no secret.',
    request: refresh('web', { client_secret: sdkUndefined }),
    check: badSecret,
  },
  {
    title: 'A refresh by the method for JWT applications',
    document: 'refreshJwtToken',
    promise: 'That method is for tokens of JWT applications: it sends no secret.',
    request: ({ description, recall }) =>
      sent(
        sdkForms.refreshJwtToken({
          client_id: description.pds[app].clientId,
          refresh_token: recall(refreshOf('web')),
        }),
      ),
    check: (answer) => refusal(answer, 403, 'Forbidden', messages.forbidden),
  },
  {
    title: 'A refresh with the secret',
    document,
    promise: 'Id, secret, callback address and refresh token give a new ITokenInfo while the access token is good.',
    request: refresh('web'),
    check: isRefreshed('web'),
    keep: keepTokens('web, renewed'),
  },
  {
    title: 'The access token from before the refresh',
    document,
    promise: 'The old token information ends with the refresh: its access token is no longer taken.',
    request: askAboutAccess('web'),
    check: isOver,
  },
  {
    title: 'The access token from the refresh',
    document,
    promise: 'The refresh gives an access token that works.',
    request: askAboutAccess('web, renewed'),
    check: isActive(loginClock),
  },
  {
    title: 'A refresh without the callback address',
    document: 'Token, API reference',
    promise: 'Only a code needs its callback address; the vendor’s other clients refresh without.',
    request: refresh('web, renewed', { redirect_uri: undefined }),
    check: isRefreshed('web, renewed'),
    keep: keepTokens('web, again'),
  },
  {
    title: 'The refresh token from before',
    document,
    promise:
      'The old token information ends with the refresh: once the new one was used, its refresh token is refused.',
    request: refresh('web'),
    check: badRefreshToken,
  },
];
