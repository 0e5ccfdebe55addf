/** Signed requests to SLS, and what all of its answers have in common. */

import { signSls } from '../sign-sls.ts';
import { type Form, header, headerNames, jsonMember, status } from './checks.ts';
import type { Check, Scene, TourAnswer, TourRequest } from './step.ts';

export interface SlsAsk {
  /** Whose credentials sign; the demo user's by default. */
  readonly as?: 'temporary' | 'denied';
  /** Signs under v4 for this region. */
  readonly region?: string;
  /** In the place of the emulator's own, to name a region. */
  readonly host?: string;
  /** Spoils the secret that signs. */
  readonly wrongSecret?: boolean;
}

export function slsRequest(
  scene: Scene,
  path: string,
  query: Readonly<Record<string, string>> = {},
  { as, region, host, wrongSecret }: SlsAsk = {},
): TourRequest {
  const { sls } = scene.description;
  const { accessKeyId, accessKeySecret } = as === undefined ? sls : sls[as];
  const credentials = {
    accessKeyId,
    accessKeySecret: wrongSecret ? `${accessKeySecret}?` : accessKeySecret,
    securityToken: as === 'temporary' ? sls.temporary.securityToken : undefined,
  };
  return signSls(credentials, { path, query, host: host ?? sls.endpoint, atMs: scene.nowMs, region });
}

/** The names in the printed samples of both documents. */
const sampleHeaders = [
  'content-type',
  'content-length',
  'connection',
  'access-control-allow-origin',
  'date',
  'server',
  'vary',
  'x-log-time',
  'x-log-requestid',
];

/** The first 8 digits of the samples' request ids are their second. */
function requestIdOf(nowMs: number): Form {
  const second = Math.floor(nowMs / 1000)
    .toString(16)
    .toUpperCase();
  return { says: `${second} and 16 digits more`, form: new RegExp(`^${second}[0-9A-F]{16}$`) };
}

const anyRequestId: Form = { says: '24 hexadecimal digits', form: /^[0-9A-F]{24}$/ };

/** Status and headers of the printed samples, at the second of the scene. */
export function likeSample(answer: TourAnswer, scene: Scene): Check[] {
  return [
    status(answer, 200),
    headerNames(answer, sampleHeaders),
    header(answer, 'content-type', 'application/json'),
    header(answer, 'content-length', String(Buffer.byteLength(answer.body))),
    header(answer, 'connection', 'keep-alive'),
    header(answer, 'access-control-allow-origin', '*'),
    header(answer, 'date', new Date(scene.nowMs).toUTCString()),
    header(answer, 'server', 'Tengine'),
    header(answer, 'vary', 'Accept-Encoding'),
    header(answer, 'x-log-time', String(Math.floor(scene.nowMs / 1000))),
    header(answer, 'x-log-requestid', requestIdOf(scene.nowMs)),
  ];
}

/** What the samples' `except` branch reads of a refusal: a code, a message, and the request id from its header. */
export function refusal(answer: TourAnswer, expected: number, code: string, message: string | Form): Check[] {
  return [
    status(answer, expected),
    header(answer, 'content-type', 'application/json'),
    header(answer, 'x-log-requestid', anyRequestId),
    jsonMember(answer, 'errorCode', code),
    jsonMember(answer, 'errorMessage', message),
  ];
}
