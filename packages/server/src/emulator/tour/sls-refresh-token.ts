/** Steps of the document on refreshing the access token of a ticket, and what Hufu adds: asking about a ticket, ending it. */

import { paths } from '@hufu/wire/oauth';
import { jwtHeader, operations } from '@hufu/wire/sls';
import {
  bodyBytes,
  claims,
  emptyBody,
  jsonMember,
  jwtHeaderText,
  jwtTexts,
  onlyMember,
  status,
  textMember,
} from './checks.ts';
import { askAbout, isOver } from './resource-server.ts';
import { likeSample, refusal, type SlsAsk, slsRequest } from './sls-call.ts';
import type { Check, Scene, Step, TourAnswer, TourRequest } from './step.ts';

/** `date`, `x-log-time` and the claims of the printed sample stand at this instant. */
const tokenSampleClock = '2024-10-30T05:57:27.288Z';

const { path } = operations.refreshToken;
const document = 'RefreshToken';

const ask =
  (query: Readonly<Record<string, string>> = {}, options: SlsAsk = {}) =>
  (scene: Scene) =>
    slsRequest(scene, path, { ticket: scene.recall('ticket'), ...query }, options);

/** An access token of the scene's millisecond. */
function accessToken(answer: TourAnswer, scene: Scene, lifetimeSeconds: number): Check[] {
  const token = textMember(answer, 'accessToken');
  const iat = Math.floor(scene.nowMs / 1000);
  return [
    ...likeSample(answer, scene),
    onlyMember(answer, 'accessToken'),
    jwtHeaderText(token, jwtHeader),
    ...claims(token, {
      accessTokenId: ticketIdOf(scene.recall('ticket')),
      type: 'embedded',
      exp: iat + lifetimeSeconds,
      nonce: scene.nowMs,
      iat,
    }),
  ];
}

const ticketIdOf = (ticket: string): string => /"ticketId":"([^"]+)"/.exec(jwtTexts(ticket).payload)?.[1] ?? 'none';

const byResourceServer = ({ description, recall }: Scene, target?: string): TourRequest =>
  askAbout(description.oauth.resourceServer, recall('ticket'), target);

export const refreshTokenSteps: readonly Step[] = [
  {
    title: 'An access token for ten minutes',
    document,
    promise: 'A ticket that lives gives an access token of the lifetime asked for. The printed answer has 273 bytes.',
    clock: tokenSampleClock,
    request: ask({ accessTokenExpirationTime: '600' }),
    check: (answer, scene) => [bodyBytes(answer, 273), ...accessToken(answer, scene, 600)],
    keep: (answer) => ({ accessToken: textMember(answer, 'accessToken') }),
  },
  {
    title: 'An access token never outlives its ticket',
    document,
    promise: 'One day is the default; what is left of the ticket, 75,918 seconds here, is less and counts.',
    request: ask(),
    check: (answer, scene) => accessToken(answer, scene, 75_918),
  },
  {
    title: 'Every region refreshes',
    document,
    promise: 'A ticket from Shanghai or Singapore is good in every region.',
    request: ask({ accessTokenExpirationTime: '600' }, { region: 'cn-beijing' }),
    check: (answer, scene) => accessToken(answer, scene, 600),
  },
  {
    title: 'Access tokens beyond one day are refused',
    document,
    promise: 'accessTokenExpirationTime is 86400 at most.',
    request: ask({ accessTokenExpirationTime: '86401' }),
    check: (answer) =>
      refusal(answer, 400, 'ParameterInvalid', {
        says: 'naming accessTokenExpirationTime and its maximum 86400',
        form: /accessTokenExpirationTime.*86400/,
      }),
  },
  {
    title: 'A call without a ticket',
    document,
    promise: 'The ticket is required.',
    request: (scene) => slsRequest(scene, path, { accessTokenExpirationTime: '600' }),
    check: (answer) => refusal(answer, 400, 'ParameterInvalid', { says: 'naming the ticket', form: /ticket/ }),
  },
  {
    title: 'A ticket that is none',
    document,
    promise: 'The ticket comes from CreateTicket.',
    request: ask({ ticket: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0eXBlIjoiZW1iZWRkZWQifQ.c2lnLV9zaWc' }),
    check: (answer) => refusal(answer, 401, 'Unauthorized', 'The ticket you provided is invalid.'),
  },
  {
    title: 'The ticket’s last second',
    document,
    promise: 'A ticket is good until it ends, and its access tokens end with it.',
    clock: '2024-10-31T03:02:44.000Z',
    request: ask(),
    check: (answer, scene) => accessToken(answer, scene, 1),
  },
  {
    title: 'A resource server asks about a ticket that lives',
    document: 'RFC 7662',
    promise: 'An authenticated resource server learns whether a ticket is active, whose it is, and until when.',
    request: (scene) => byResourceServer(scene),
    check: (answer) => [
      status(answer, 200),
      jsonMember(answer, 'active', true),
      jsonMember(answer, 'token_type', 'sls_ticket'),
      jsonMember(answer, 'sub', 'demo'),
      jsonMember(answer, 'exp', 1_730_343_765),
    ],
  },
  {
    title: 'An expired ticket',
    document,
    promise: 'Only a ticket that has not expired gives an access token.',
    clock: '2024-10-31T03:02:45.000Z',
    request: ask(),
    check: (answer) => refusal(answer, 401, 'Unauthorized', 'The ticket you provided has expired.'),
  },
  {
    title: 'A new ticket, to be revoked',
    document: 'CreateTicket',
    promise: 'The caller gets as many tickets as it asks for.',
    request: (scene) => slsRequest(scene, operations.createTicket.path),
    check: (answer, scene) => [...likeSample(answer, scene), onlyMember(answer, 'ticket')],
    keep: (answer) => ({ ticket: textMember(answer, 'ticket') }),
  },
  {
    title: 'The resource server hands it back',
    document: 'RFC 7009',
    promise: 'A ticket that is handed back ends at once.',
    request: (scene) => byResourceServer(scene, paths.revoke),
    check: (answer) => [status(answer, 200), emptyBody(answer)],
  },
  {
    title: 'A revoked ticket is active no more',
    document: 'RFC 7662',
    promise: 'Whoever asks learns that it is not active, and nothing else.',
    request: (scene) => byResourceServer(scene),
    check: isOver,
  },
  {
    title: 'A revoked ticket gives nothing',
    document: 'RFC 7009',
    promise: 'Whatever came from the ticket ends with it.',
    request: ask(),
    check: (answer) => refusal(answer, 401, 'Unauthorized', 'The ticket you provided is invalid.'),
  },
];
