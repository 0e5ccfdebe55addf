/** Steps of the document's getTokenByCode, by an application on a server, which has a secret. */

import { type CodeParams, grantTypes, messages, sdkForms, sdkUndefined } from '@hufu/wire/pds';
import { refusal, sent } from './pds-call.ts';
import { authorization, codeOf, keepCode, logIn, sentBack } from './pds-login.ts';
import { askAboutAccess } from './pds-resource-server.ts';
import { demoUser, keepTokens, tokenInfo } from './pds-token-info.ts';
import { isOver } from './resource-server.ts';
import type { Check, Scene, Step, TourAnswer, TourRequest } from './step.ts';

const document = 'getTokenByCode';
const app = 'webServerApp';

/** The instant at which the users of the OAuth applications log in. */
export const loginClock = '2022-03-10T00:00:00.000Z';

const redeem =
  (change: Partial<CodeParams> = {}) =>
  ({ description, recall }: Scene): TourRequest => {
    const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = description.pds[app];
    return sent(
      sdkForms.getTokenByCode({ client_id, client_secret, redirect_uri, code: recall(codeOf(app)), ...change }),
    );
  };

/** The same form with one piece of its text changed. */
const misspelt =
  (written: string, instead: string) =>
  (scene: Scene): TourRequest => {
    const { body = '', ...rest } = redeem()(scene);
    return { ...rest, body: body.replace(written, instead) };
  };

export const badSecret = (answer: TourAnswer): Check[] =>
  refusal(answer, 400, 'InvalidParameter.ClientSecret', messages.invalid('client_secret'));

export const codeSteps: readonly Step[] = [
  ...logIn({ app, called: 'web server', clock: loginClock }),
  {
    title: 'A code without the secret',
    document,
    promise: 'client_secret is required of applications of the type webserver.',
    request: redeem({ client_secret: undefined }),
    check: badSecret,
  },
  {
    title: 'A secret that is undefined',
    document: 'Official SDK 1.4.0',
    promise: 'A member that is undefined goes out as this word, and the word is no secret.',
    request: redeem({ client_secret: sdkUndefined }),
    check: badSecret,
  },
  {
    title: 'The callback address as redirect_url',
    document,
    promise:
      'The table says redirect_url, the example redirect_uri; the SDK sends either as it is. redirect_uri is right.',
    request: misspelt('redirect_uri=', 'redirect_url='),
    check: (answer) => refusal(answer, 400, 'InvalidParameterMissing.RedirectUri', messages.missing('redirect_uri')),
  },
  {
    title: 'A token for the code',
    document,
    promise: 'Id, secret, callback address and one-time code give an ITokenInfo of the user.',
    request: redeem(),
    check: (answer, scene) => tokenInfo(answer, scene, demoUser(scene, app)),
    keep: keepTokens('once'),
  },
  {
    title: 'The code again',
    document,
    promise: 'A code is good once.',
    request: redeem(),
    check: (answer) => refusal(answer, 400, 'InvalidParameter.Code', messages.invalid('code')),
  },
  {
    title: 'What came from a code that was used twice',
    document: 'RFC 6749',
    promise: 'Somebody else may have the code: what was given for it ends.',
    request: askAboutAccess('once'),
    check: isOver,
  },
  {
    title: 'Another code, without logging in again',
    document: 'Authorize, API reference',
    promise: 'Whoever is signed in stays so, and an application of one’s own asks for no consent.',
    request: authorization({ app }),
    check: (answer, scene) => sentBack(answer, scene, app),
    keep: keepCode(app),
  },
  {
    title: 'The grant type by its documented name',
    document: 'Token, API reference',
    promise: 'The reference says authorization_code where the SDK sends code: both are taken.',
    request: misspelt(`grant_type=${grantTypes.sdkCode}`, `grant_type=${grantTypes.authorizationCode}`),
    check: (answer, scene) => tokenInfo(answer, scene, demoUser(scene, app)),
    keep: keepTokens('web'),
  },
];
