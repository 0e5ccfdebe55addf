/** Requests to SCNet in the shapes of the document's three samples, and what all of its answers have in common. */

import { type OperationName, operations, requests, type ScnetRequest } from '@hufu/wire/scnet';
import { check, header, jsonMember, jsonOf, status } from './checks.ts';
import type { Check, Scene, TourAnswer, TourRequest } from './step.ts';

/** What each sample's client sends by itself. Python's sends an empty dict as no body, OkHttp adds a charset to the type. */
const clients = {
  curl: { 'user-agent': 'curl/7.88.1', accept: '*/*', 'content-type': 'application/json' },
  python: {
    'user-agent': 'python-requests/2.34.2',
    'accept-encoding': 'gzip, deflate',
    accept: '*/*',
    'content-type': 'application/json',
  },
  okhttp: {
    'content-type': 'application/json; charset=utf-8',
    'accept-encoding': 'gzip',
    'user-agent': 'okhttp/4.12.0',
  },
} as const;

export type SampleClient = keyof typeof clients;

export const sent = ({ method, path, headers }: ScnetRequest): TourRequest => ({ method, target: path, headers });

/** A call with the token that an earlier step kept under this name. */
export const withToken =
  (operation: Exclude<OperationName, 'passwordLogin' | 'accessKeyLogin'>, name: string) =>
  ({ recall }: Scene): TourRequest => {
    // Where no step before gave one, the call is shown without: a header cannot be empty.
    const token = recall(name) || 'none';
    return sent(requests[operation](token));
  };

/** The renewal as this client writes it. */
export const renewedBy =
  (client: SampleClient, name: string) =>
  ({ recall }: Scene): TourRequest => ({
    method: 'POST',
    target: operations.renew.path,
    headers: { ...clients[client], token: recall(name) || 'none' },
    // Only curl says nothing of a body that is not there.
    ...(client === 'curl' ? { hasNoLength: true } : {}),
  });

/** An answer that went well: HTTP 200, and texts for code and message. */
export const answered = (answer: TourAnswer): Check[] => [
  status(answer, 200),
  header(answer, 'content-type', 'application/json;charset=UTF-8'),
  jsonMember(answer, 'code', '0'),
  jsonMember(answer, 'msg', 'success'),
];

/** A refusal comes with HTTP 200 as well: only the code tells. */
export const refused = (answer: TourAnswer, code: string, msg: string, data: string | null): Check[] => [
  status(answer, 200),
  jsonMember(answer, 'code', code),
  jsonMember(answer, 'msg', msg),
  check(`data ${JSON.stringify(data)}`, jsonOf(answer.body).data === data, 'something else'),
];

export const badToken = (answer: TourAnswer): Check[] => refused(answer, '10008', 'auth_fail', 'token is invalid');
