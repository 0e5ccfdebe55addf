/** Steps of the document's refreshJwtToken: what a refresh does to the tokens before it. */

import { messages } from '@hufu/wire/pds';
import { theSame } from './checks.ts';
import { jwtToken, refusal } from './pds-call.ts';
import { afterwards } from './pds-lifetimes.ts';
import { badRefreshToken, isRefreshed, refreshJwt } from './pds-refresh-jwt.ts';
import { askAboutAccess, isActive } from './pds-resource-server.ts';
import { demoUser, keepTokens, refreshOf, tokenInfo } from './pds-token-info.ts';
import { isOver } from './resource-server.ts';
import type { Step } from './step.ts';

const document = 'refreshJwtToken';

export const rotationSteps: readonly Step[] = [
  {
    title: 'Another session of the user',
    document: 'getUserJwtToken',
    promise: 'The private key opens as many sessions as are wanted.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: scene.description.pds.user.userId }),
    check: (answer, scene) => tokenInfo(answer, scene, demoUser(scene, 'jwtApp')),
    keep: keepTokens('first'),
  },
  {
    title: 'A refresh while the access token is good',
    document,
    promise: 'Whether the access token is over or not, a refresh gives a new ITokenInfo.',
    request: refreshJwt('first'),
    check: isRefreshed('first'),
    keep: keepTokens('second'),
  },
  {
    title: 'The same refresh again',
    document: 'Official SDK 1.4.0',
    promise:
      'Where the connection breaks, the SDK sends the same again. The document is silent; Hufu repeats the new refresh token.',
    request: refreshJwt('first'),
    check: (answer, scene) => [
      ...isRefreshed('first')(answer, scene),
      theSame(answer, 'refresh_token', scene.recall(refreshOf('second'))),
    ],
  },
  {
    title: 'The old access token',
    document,
    promise: 'The old token information ends with the refresh: its access token is no longer taken.',
    request: askAboutAccess('first'),
    check: isOver,
  },
  {
    title: 'The new one is taken in its place',
    document,
    promise: 'The refresh gives an access token that works.',
    request: askAboutAccess('second'),
    check: isActive(afterwards),
  },
  {
    title: 'The new refresh token is used',
    document,
    promise: 'Each refresh gives the next ITokenInfo.',
    request: refreshJwt('second'),
    check: isRefreshed('second'),
    keep: keepTokens('third'),
  },
  {
    title: 'The old refresh token',
    document,
    promise:
      'The old token information ends with the refresh: once the new one was used, its refresh token is refused.',
    request: refreshJwt('first'),
    check: badRefreshToken,
  },
  {
    title: 'Who used a refresh token twice',
    document: 'RFC 9700',
    promise: 'One of the two is a thief, and nobody knows which: the session is over for both.',
    request: askAboutAccess('third'),
    check: isOver,
  },
  {
    title: 'client_id is called app_id here',
    document: 'Official SDK 1.4.0',
    promise: 'refreshJwtToken looks like refreshToken, but sends JSON to another path, with the id as app_id.',
    request: (scene) => {
      const { headers, body = '', ...rest } = refreshJwt('third')(scene);
      return { ...rest, headers, body: body.replace('"app_id"', '"client_id"') };
    },
    check: (answer) => refusal(answer, 400, 'InvalidParameterMissing.AppId', messages.missing('app_id')),
  },
];
