/** Makes a one-time code for whom the login and the client's registration have allowed it. The store gets its hash only. */

import type { AuthorizationRequest, AuthorizationSpeech } from '../core/authorization-request.ts';
import type { Client } from '../core/client.ts';
import type { User } from '../core/directory.ts';
import type { Hashing } from '../core/proof.ts';
import { addSeconds } from '../core/time.ts';
import type { RequestContext } from './context.ts';
import type { CodeStore, Random } from './ports.ts';
import type { Target } from './session-outcome.ts';

export interface IssueCodeParts {
  readonly store: Pick<CodeStore, 'createCode'>;
  readonly hashing: Pick<Hashing, 'digestHex'>;
  readonly random: Random;
}

export interface CodeFor {
  readonly client: Client;
  readonly redirectUri: string;
  readonly user: User;
  readonly target: Target;
}

/** 256 bits; RFC 6749, section 10.10 asks for a chance of guessing below 2^-160. */
const codeBytes = 32;

/** @returns the code, which is on disk as its hash. */
export async function issueCode(
  parts: IssueCodeParts,
  speech: AuthorizationSpeech,
  request: AuthorizationRequest,
  { client, redirectUri, user, target }: CodeFor,
  { nowMs, requestId, remote }: RequestContext,
): Promise<string> {
  const code = base64url(parts.random.bytes(codeBytes));
  const dialect = speech.session.name;
  const { tenant, id: subject } = user;
  await parts.store.createCode(
    {
      hash: parts.hashing.digestHex('sha256', code),
      dialect,
      tenant,
      subject,
      clientId: client.id,
      redirectUri,
      codeChallenge: request.codeChallenge,
      ...target,
      issuedAtMs: nowMs,
      expiresAtMs: addSeconds(nowMs, speech.codeLifetimeSeconds),
    },
    {
      atMs: nowMs,
      type: 'code.issued',
      requestId,
      remote,
      dialect,
      operation: request.operation,
      tenant,
      actor: client.id,
      subject,
    },
  );
  return code;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
