/** Steps of the document on creating a login-free ticket. They play at the second of its printed sample. */

import { jwtHeader, operations } from '@hufu/wire/sls';
import { bodyBytes, claims, type Form, jwtHeaderText, onlyMember, textMember } from './checks.ts';
import { likeSample, refusal, type SlsAsk, slsRequest } from './sls-call.ts';
import type { Check, Scene, Step, TourAnswer } from './step.ts';

/** `date`, `x-log-time` and the claims of the sample stand at this instant. */
export const ticketSampleClock = '2024-10-30T03:02:45.559Z';

const { path } = operations.createTicket;
const document = 'CreateTicket';
const uuid: Form = {
  says: 'a lower-case UUID v4',
  form: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
};
const atMost = (name: string, seconds: number): Form => ({
  says: `naming ${name} and its maximum ${seconds}`,
  form: new RegExp(`\\b${name}\\b.*\\b${seconds}\\b`),
});
const regions: Form = {
  says: 'naming the region that was asked and those that serve',
  form: /cn-hangzhou.*cn-shanghai, ap-southeast-1/,
};

const ask =
  (query: Readonly<Record<string, string>> = {}, options: SlsAsk = {}) =>
  (scene: Scene) =>
    slsRequest(scene, path, query, options);

/** A ticket of the scene's millisecond. */
function ticket(answer: TourAnswer, scene: Scene, lifetimeSeconds: number, tokenExp: number): Check[] {
  const token = textMember(answer, 'ticket');
  const iat = Math.floor(scene.nowMs / 1000);
  return [
    ...likeSample(answer, scene),
    onlyMember(answer, 'ticket'),
    jwtHeaderText(token, jwtHeader),
    ...claims(token, {
      tokenExp,
      type: 'embedded',
      exp: iat + lifetimeSeconds,
      nonce: scene.nowMs,
      iat,
      ticketId: uuid,
    }),
  ];
}

const day = 86_400;

export const createTicketSteps: readonly Step[] = [
  {
    title: 'A ticket with the defaults',
    document,
    promise: 'Both lifetimes are one day when none is asked for. The printed answer has nine headers and 284 bytes.',
    request: ask(),
    check: (answer, scene) => [bodyBytes(answer, 284), ...ticket(answer, scene, day, day)],
    keep: (answer) => ({ ticket: textMember(answer, 'ticket') }),
  },
  {
    title: 'The longest ticket',
    document,
    promise: 'expirationTime goes up to 2592000 (30 days), accessTokenExpirationTime up to 86400 (one day).',
    request: ask({ expirationTime: '2592000', accessTokenExpirationTime: '86400' }),
    check: (answer, scene) => ticket(answer, scene, 2_592_000, day),
  },
  {
    title: 'A ticket beyond 30 days is refused',
    document,
    promise: 'expirationTime is 2592000 at most.',
    request: ask({ expirationTime: '2592001' }),
    check: (answer) => refusal(answer, 400, 'ParameterInvalid', atMost('expirationTime', 2_592_000)),
  },
  {
    title: 'Access tokens beyond one day are refused',
    document,
    promise: 'accessTokenExpirationTime is 86400 at most.',
    request: ask({ accessTokenExpirationTime: '86401' }),
    check: (answer) => refusal(answer, 400, 'ParameterInvalid', atMost('accessTokenExpirationTime', day)),
  },
  {
    title: 'The lesser lifetime counts',
    document,
    promise: 'A link is good for the lesser of expirationTime and accessTokenExpirationTime.',
    request: ask({ expirationTime: '3600', accessTokenExpirationTime: '86400' }),
    check: (answer, scene) => ticket(answer, scene, 3600, 3600),
  },
  {
    title: 'Temporary credentials bound the access tokens',
    document,
    promise: 'With a security token, access tokens do not outlive it: here it has one hour left.',
    request: ask({}, { as: 'temporary' }),
    check: (answer, scene) => ticket(answer, scene, day, 3600),
  },
  {
    title: 'Shanghai creates tickets',
    document,
    promise: 'The endpoint is Shanghai or Singapore. A v4 signature names its region.',
    request: ask({}, { region: 'cn-shanghai' }),
    check: (answer, scene) => ticket(answer, scene, day, day),
  },
  {
    title: 'Singapore creates tickets',
    document,
    promise: 'The endpoint is Shanghai or Singapore.',
    request: ask({}, { region: 'ap-southeast-1' }),
    check: (answer, scene) => ticket(answer, scene, day, day),
  },
  {
    title: 'Another region’s endpoint does not',
    document,
    promise: 'The endpoint is Shanghai or Singapore, and no other.',
    request: ask({}, { host: 'cn-hangzhou.log.aliyuncs.com' }),
    check: (answer) => refusal(answer, 400, 'InvalidHost', regions),
  },
  {
    title: 'Another region’s signature does not',
    document,
    promise: 'The endpoint is Shanghai or Singapore, and no other.',
    request: ask({}, { region: 'cn-hangzhou' }),
    check: (answer) => refusal(answer, 400, 'ParameterInvalid', regions),
  },
  {
    title: 'A wrong secret',
    document,
    promise: 'A refusal brings a message that the sample prints; the SDK reads code, message and request id.',
    request: ask({}, { wrongSecret: true }),
    check: (answer) =>
      refusal(answer, 401, 'SignatureNotMatch', {
        says: 'naming the signature that came',
        form: /^signature \S+ not match$/,
      }),
  },
  {
    title: 'A user without the permission',
    document,
    promise: 'The caller needs log:CreateTicket on acs:log:*:*:ticket/*.',
    request: ask({}, { as: 'denied' }),
    check: (answer) =>
      refusal(answer, 401, 'Unauthorized', {
        says: 'naming the action and the resource',
        form: /^denied by sts or ram, action: log:CreateTicket, resource: acs:log:[^:]+:\d+:ticket\/\*$/,
      }),
  },
];
