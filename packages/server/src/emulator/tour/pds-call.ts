/** Requests to PDS as the vendor's SDK sends them, and what all refusals have in common. */

import { randomUUID } from 'node:crypto';
import {
  type AssertionClaims,
  type AssertionSubject,
  assertionClaims,
  assertionPayload,
  requestIdHeader,
  sdkForms,
  type TokenRequest,
} from '@hufu/wire/pds';
import { signPdsAssertion } from '../sign-pds.ts';
import { check, type Form, header, headerOf, jsonMember, jsonOf, status } from './checks.ts';
import type { Check, Scene, TourAnswer, TourRequest } from './step.ts';

export const sent = ({ path, contentType, body }: TokenRequest): TourRequest => ({
  method: 'POST',
  target: path,
  headers: { 'content-type': contentType },
  body,
});

export interface AssertionAsk {
  /** Takes the place of a UUID. */
  readonly jti?: string;
  /** Leaves the user out, as a caller may who forgets `user_id`. */
  readonly withoutUser?: boolean;
  /** Spoils the signature. */
  readonly wrongKey?: boolean;
}

/** `getUserJwtToken` and `getServiceJwtToken` of the demo JWT application: the assertion alone tells them apart. */
export function jwtToken(
  { description, nowMs }: Scene,
  subject: AssertionSubject,
  ask: AssertionAsk = {},
): TourRequest {
  const { domainId, jwtApp } = description.pds;
  const { clientId, privateKeyPem } = jwtApp;
  const nowSeconds = Math.floor(nowMs / 1000);
  const claims = assertionClaims({ clientId, domainId, subject, jti: ask.jti ?? randomUUID(), nowSeconds });
  const assertion = signPdsAssertion(privateKeyPem, payloadOf(claims, ask));
  return sent(
    sdkForms.getUserJwtToken({ client_id: clientId, assertion: ask.wrongKey ? spoilt(assertion) : assertion }),
  );
}

function payloadOf(claims: AssertionClaims, { withoutUser }: AssertionAsk): string {
  if (!withoutUser) return assertionPayload(claims);
  const { sub: _forgotten, ...rest } = claims;
  return JSON.stringify(rest);
}

function spoilt(assertion: string): string {
  const at = assertion.lastIndexOf('.') + 1;
  const other = assertion[at] === 'A' ? 'B' : 'A';
  return assertion.slice(0, at) + other + assertion.slice(at + 1);
}

const requestId: Form = { says: '24 hexadecimal digits', form: /^[0-9A-F]{24}$/ };

/** What the SDK needs to see an answer as one: JSON, and the request's id in its header. */
export const answered = (answer: TourAnswer, expected: number): Check[] => [
  status(answer, expected),
  header(answer, 'content-type', 'application/json'),
  header(answer, requestIdHeader, requestId),
];

/** A refusal as a live domain answers it, where the id stands in the body as well. */
export function refusal(answer: TourAnswer, expected: number, code: string, message: string): Check[] {
  const id = headerOf(answer, requestIdHeader);
  return [
    ...answered(answer, expected),
    jsonMember(answer, 'code', code),
    jsonMember(answer, 'message', message),
    check('requestId as in the header', jsonOf(answer.body).requestId === id, 'another'),
  ];
}
