/** Whether a server did what it was asked: a fast wrong answer is worth nothing. */

import { type Envelope, isSuccess, readLoginData } from '@hufu/wire/scnet';
import type { SessionOperation } from '../targets/session-operations.ts';

/** Throws where the answer is not that of the operation. It is not repeated: it holds tokens. */
export function checkSessionAnswer(who: string, operation: SessionOperation, answer: string): void {
  if (!isRight(operation, JSON.parse(answer))) throw new Error(`${who} answered ${operation} with something else`);
}

function isRight(operation: SessionOperation, answer: Readonly<Record<string, unknown>>): boolean {
  const { access_token: accessToken, refresh_token: refreshToken, active } = answer;
  switch (operation) {
    case 'introspectOpaque':
    case 'introspectJwt':
      return active === true;
    case 'clientCredentials':
      return algorithmOf(accessToken) === 'ES256';
    case 'refreshEs256':
      return algorithmOf(accessToken) === 'ES256' && typeof refreshToken === 'string';
    case 'refreshRs256':
    case 'bearerRs256':
      return algorithmOf(accessToken) === 'RS256' && typeof refreshToken === 'string';
    case 'renewScnet':
      return isScnet(answer) && algorithmOf(answer.data) === 'HS256';
    case 'loginScnet':
      return isScnet(answer) && readLoginData(answer.data)?.every(({ token }) => token !== null) === true;
  }
}

const isScnet = ({ code, msg, data }: Readonly<Record<string, unknown>>): boolean =>
  typeof code === 'string' && typeof msg === 'string' && isSuccess({ code, msg, data } satisfies Envelope);

function algorithmOf(jwt: unknown): unknown {
  const [header = ''] = String(jwt).split('.');
  return JSON.parse(Buffer.from(header, 'base64url').toString()).alg;
}
