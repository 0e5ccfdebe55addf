/** The tour of SCNet: the document on renewing a credential, and the calls around it. */

import { paths } from '@hufu/wire/oauth';
import { requests } from '@hufu/wire/scnet';
import { signScnet } from '../sign-scnet.ts';
import { check, emptyBody, jsonMember, jsonOf, status } from './checks.ts';
import { hourSeconds, later } from './instants.ts';
import { askAbout, isOver } from './resource-server.ts';
import { answered, badToken, refused, renewedBy, sent, withToken } from './scnet-call.ts';
import { renewalSampleClock, renewalSteps } from './scnet-renewal.ts';
import { keepRows, loginRows } from './scnet-tokens.ts';
import type { Scene, Step, Tour, TourRequest } from './step.ts';

const byPassword = ({ description }: Scene): TourRequest => {
  const { user, password, orgId } = description.scnet;
  return sent(requests.passwordLogin({ user, password, orgId }));
};

const byResourceServer =
  (target?: string) =>
  ({ description, recall }: Scene): TourRequest =>
    askAbout(description.oauth.resourceServer, recall('token'), target);

const loginSteps: readonly Step[] = [
  {
    title: 'A login by password',
    document: 'get-user-tokens',
    promise: 'A token for each region, null where the account is disabled, and the platform’s own.',
    request: byPassword,
    check: loginRows,
    keep: keepRows,
  },
  {
    title: 'A wrong password',
    document: 'get-user-tokens',
    promise: 'No rows.',
    request: ({ description }) => {
      const { user, orgId } = description.scnet;
      return sent(requests.passwordLogin({ user, orgId, password: 'wrong' }));
    },
    check: (answer) => refused(answer, '10008', 'auth_fail', null),
  },
  {
    title: 'Where the services of the region are',
    document: 'get-center-info',
    promise: 'Switches are texts, "true" and "false".',
    request: withToken('center', 'token'),
    check: (answer) => {
      const data = jsonOf(JSON.stringify(jsonOf(answer.body).data ?? {}));
      const { hpcUrls } = data;
      const isOn = Array.isArray(hpcUrls) && jsonOf(JSON.stringify(hpcUrls[0])).enable === 'true';
      return [
        ...answered(answer),
        check('id 11112, a number', data.id === 11112, String(data.id)),
        check('hpcUrls with enable "true"', isOn, 'another'),
      ];
    },
  },
  {
    title: 'The same with the platform’s token',
    document: 'get-center-info',
    promise: 'It is for platform calls only; the live service answered 10001.',
    request: withToken('center', 'platform'),
    check: (answer) => refused(answer, '10001', 'internal_error', null),
  },
  {
    title: 'Who the user is',
    document: 'get-common-user',
    promise: 'The platform’s token tells.',
    request: withToken('user', 'platform'),
    check: answered,
  },
];

const afterwards: readonly Step[] = [
  {
    title: 'A login by AK/SK',
    document: 'get-user-tokens-aksk',
    promise: 'The recommended login gives the same rows.',
    request: ({ description, nowMs }) => sent(requests.accessKeyLogin(signScnet(description.scnet, nowMs))),
    check: loginRows,
    keep: keepRows,
  },
  {
    title: 'A login signed with another key',
    document: 'get-user-tokens-aksk',
    promise: '10009: verification failed.',
    request: ({ description, nowMs }) =>
      sent(requests.accessKeyLogin(signScnet({ ...description.scnet, secretKey: 'another' }, nowMs))),
    check: (answer) => refused(answer, '10009', 'AK/SK签名校验失败', null),
  },
  {
    title: 'A job gateway asks about a token',
    document: 'RFC 7662',
    promise: 'An authenticated resource server learns whether a token is active, whose it is, and for which region.',
    request: byResourceServer(),
    check: (answer) => [
      status(answer, 200),
      jsonMember(answer, 'active', true),
      jsonMember(answer, 'token_type', 'scnet_token'),
      jsonMember(answer, 'aud', '11112'),
    ],
  },
  {
    title: 'The gateway hands it back',
    document: 'RFC 7009',
    promise: 'A token that is handed back ends at once. The vendor has no such call.',
    request: byResourceServer(paths.revoke),
    check: (answer) => [status(answer, 200), emptyBody(answer)],
  },
  {
    title: 'A revoked token is active no more',
    document: 'RFC 7662',
    promise: 'Whoever asks learns that it is not active, and nothing else.',
    request: byResourceServer(),
    check: isOver,
  },
  {
    title: 'A revoked token is renewed no more',
    document: 'RFC 7009',
    promise: 'Its login in this region is over.',
    request: renewedBy('curl', 'token'),
    check: badToken,
  },
];

export const scnetTour: Tour = {
  name: 'scnet',
  clock: later(renewalSampleClock, -hourSeconds),
  steps: [...loginSteps, ...renewalSteps, ...afterwards],
};
