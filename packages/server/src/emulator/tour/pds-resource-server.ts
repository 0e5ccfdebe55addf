/** A resource server of the domain: an operator registers it, and it asks what access tokens are worth. */

import { check, jsonMember, status, textMember } from './checks.ts';
import { accessOf, accessTokenSeconds, graceSeconds } from './pds-token-info.ts';
import { askAbout } from './resource-server.ts';
import type { Check, Scene, Step, TourAnswer, TourRequest } from './step.ts';

export const registration: Step = {
  title: 'A service that will be shown the tokens',
  document: 'RFC 7662',
  promise: 'Whoever asks about tokens has credentials of its own. An operator hands them out.',
  request: ({ description }) => ({
    method: 'POST',
    target: '/admin/v1/clients',
    headers: { authorization: `Bearer ${description.admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      tenant: description.pds.domainId,
      name: 'Resource server of the domain',
      permissions: ['introspect'],
    }),
  }),
  check: (answer, { description }) => [
    status(answer, 201),
    jsonMember(answer, 'tenant', description.pds.domainId),
    check('a secret, shown this once', textMember(answer, 'secret') !== '', 'none'),
  ],
  keep: (answer) => ({ asker: textMember(answer, 'id'), 'asker secret': textMember(answer, 'secret') }),
};

/** About the access token of a session. */
export const askAboutAccess =
  (session: string) =>
  ({ recall }: Scene): TourRequest =>
    askAbout({ clientId: recall('asker'), clientSecret: recall('asker secret') }, recall(accessOf(session)));

/** An access token of the demo user. @param issued its instant, in ISO 8601. */
export const isActive =
  (issued: string) =>
  (answer: TourAnswer, { description }: Scene): Check[] => [
    status(answer, 200),
    jsonMember(answer, 'active', true),
    jsonMember(answer, 'token_type', 'Bearer'),
    jsonMember(answer, 'sub', description.pds.user.userId),
    jsonMember(answer, 'exp', Date.parse(issued) / 1000 + accessTokenSeconds + graceSeconds),
  ];
