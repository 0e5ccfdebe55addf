/** Steps of the document on renewing a credential: its three samples, its limit of 24 hours, and its codes. */

import { operations } from '@hufu/wire/scnet';
import { check, jsonMember, jwtTexts, textMember } from './checks.ts';
import { daySeconds, later } from './instants.ts';
import { answered, badToken, refused, renewedBy, withToken } from './scnet-call.ts';
import { renewed } from './scnet-tokens.ts';
import type { Check, Step } from './step.ts';

/** A day before the end of the printed token: renewed now, a token ends when that one did. */
export const renewalSampleClock = '2021-10-13T02:36:24.498Z';

const document = 'renewal-token';
const end = later(renewalSampleClock, daySeconds);
export const lastInstant = later(end, daySeconds);

/** To the millisecond, as the printed token has it. */
const sampleEnd = (token: string): Check => {
  const found = /"expireTime":"(\d+)"/.exec(jwtTexts(token).payload)?.[1] ?? 'none';
  return check('the expireTime of the printed token, 1634178984498', found === '1634178984498', found);
};

const keep: Step['keep'] = (answer) => ({ renewed: textMember(answer, 'data') });

export const renewalSteps: readonly Step[] = [
  {
    title: 'The sample for curl',
    document,
    promise: 'The old token is in the header, and a new one comes back. That of the sample ends at 1634178984498.',
    clock: renewalSampleClock,
    request: renewedBy('curl', 'token'),
    check: (answer, scene) => [...renewed(answer, scene), sampleEnd(textMember(answer, 'data'))],
    keep,
  },
  {
    title: 'The sample for Python',
    document,
    promise: 'The same with requests, whose empty dict becomes no body.',
    request: renewedBy('python', 'token'),
    check: renewed,
  },
  {
    title: 'The sample for Java',
    document,
    promise: 'The same with OkHttp, which adds a charset to the content type.',
    request: renewedBy('okhttp', 'token'),
    check: renewed,
  },
  {
    title: 'The token that was renewed',
    document: 'get-token-state',
    promise: 'Nothing says that a renewal ends it.',
    request: withToken('state', 'token'),
    check: (answer) => [...answered(answer), jsonMember(answer, 'data', 'token is valid')],
  },
  {
    title: 'A call without a token',
    document,
    promise: '10003: parameters incomplete.',
    request: () => ({ method: 'POST', target: operations.renew.path, headers: { 'content-type': 'application/json' } }),
    check: (answer) => refused(answer, '10003', 'param_incomplete', null),
  },
  {
    title: 'A token that is none',
    document,
    promise: '10008: insufficient permission; the live service says so of every token that does not hold.',
    request: () => ({
      method: 'POST',
      target: operations.renew.path,
      headers: { token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyIjoiaGFvd2oifQ.c2lnLV9zaWc' },
    }),
    check: badToken,
  },
  {
    title: 'The last millisecond of the token',
    document: 'get-token-state',
    promise: 'A token is good until its expireTime.',
    clock: later(end, -0.001),
    request: withToken('state', 'renewed'),
    check: (answer) => [...answered(answer), jsonMember(answer, 'data', 'token is valid')],
  },
  {
    title: 'The token has expired',
    document: 'get-token-state',
    promise: 'At that instant it is no longer valid.',
    clock: end,
    request: withToken('state', 'renewed'),
    check: badToken,
  },
  {
    title: 'One second after it expired',
    document,
    promise: 'It can still be renewed.',
    clock: later(end, 1),
    request: renewedBy('curl', 'renewed'),
    check: renewed,
  },
  {
    title: 'One second before the 24 hours are over',
    document,
    promise: 'A token can be renewed until 24 hours after it expired.',
    clock: later(lastInstant, -1),
    request: renewedBy('python', 'renewed'),
    check: renewed,
  },
  {
    title: 'One millisecond before',
    document,
    promise: 'It is still taken.',
    clock: later(lastInstant, -0.001),
    request: renewedBy('okhttp', 'renewed'),
    check: renewed,
  },
  {
    title: '24 hours after it expired',
    document,
    promise: 'After that it can no longer be renewed.',
    clock: lastInstant,
    request: renewedBy('curl', 'renewed'),
    check: badToken,
  },
  {
    title: 'One second more',
    document,
    promise: 'It stays so: one has to log in again.',
    clock: later(lastInstant, 1),
    request: renewedBy('curl', 'renewed'),
    check: badToken,
  },
];
