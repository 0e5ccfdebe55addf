/** What a failure to get a token means in plain words, and what to do about it: the vendor's code first, then ours. */

import { isTokenError, type TokenError, type TokenErrorCode } from '../../core/errors.ts';
import type { OAuth2ErrorCode } from '../../providers/oauth2/index.ts';
import type { SlsErrorCode } from '../../providers/sls/index.ts';
import type { ProviderName } from '../profiles/provider-shapes.ts';

type Advice<Code extends string> = Readonly<Partial<Record<Code, string>>>;

/** docs/client/sls.md. */
const sls: Advice<SlsErrorCode> = {
  InvalidAccessKeyId: 'the AccessKey id does not exist: check accessKeyId, and whether the key was deleted',
  SignatureNotMatch:
    'the AccessKey secret is wrong; or a proxy changes the Host header, which signature v4 covers: try signature=v1',
  Unauthorized:
    'the key is disabled, its security token is over, or its user lacks log:CreateTicket or log:RefreshToken on acs:log:*:*:ticket/*',
  ParameterInvalid: 'a lifetime is out of range, or the region makes no tickets: cn-shanghai and ap-southeast-1 do',
  RequestTimeExpired:
    'the clocks differ by more than 15 minutes although the answer named the same time: look for a proxy that holds requests back',
  ReadQuotaExceed: 'the project is over its quota: wait, or raise it',
  MetaOperationQpsLimitExceeded: 'too many requests a second: wait',
};

/** docs/client/pds.md. With or without their suffixes. */
const pds: Advice<string> = {
  'InvalidParameter.RefreshToken': 'the session is over, or its refresh token was used elsewhere',
  'InvalidParameterExpired.RefreshToken': 'the session is over',
  RefreshTokenExpired: 'the session is over',
  'NotFound.User': 'the user does not exist in this domain: check userId, or set autoCreate=true',
  Forbidden: 'the user is disabled, or may not do this: the session goes on when an administrator enables them',
  'NotFound.App': 'the application does not exist in this domain: check clientId and domainId',
  'InvalidParameter.ClientId': 'the application does not exist in this domain: check clientId and domainId',
  'InvalidParameter.ClientSecret': "the application's secret is wrong: check clientSecret",
  'InvalidParameter.Assertion': 'the private key is not the one whose public half the console has',
  'NotFound.Domain': 'the domain does not exist: check domainId and endpoint',
  InvalidParameterExpired: 'the clocks differ, and the answer did not tell by how much: set the clock of this machine',
  TooManyRequests: 'too many requests: wait',
};

/** docs/client/scnet.md. */
const scnet: Advice<string> = {
  '10003': 'something is missing in the login: check user, accessKey or orgId',
  '10004': 'something in the login has a wrong form: check user, accessKey or orgId',
  '10007': 'the user is frozen: the platform has to free them',
  '10008': 'the user, the password or the key is wrong',
  '10009': 'the user, the key or the signature is wrong; after a change of the login name, user is the new one',
};

const oauth2: Advice<OAuth2ErrorCode> = {
  invalid_client:
    "the client's id, secret or key is wrong: check clientId, clientSecret or privateKeyPem, and authentication",
  unauthorized_client: 'the client may not use this grant type: its registration has to allow it',
  invalid_grant: 'the session is over, or its refresh token was used elsewhere',
  invalid_scope: 'the client may not have this scope: check scope',
  invalid_target: 'the server knows no such resource: check resource or audience',
  unsupported_grant_type: 'the server does not know this grant type: check issuer',
};

const byProvider: Readonly<Record<ProviderName, Advice<string>>> = { sls, pds, scnet, oauth2 };

/** @param login what to type to log in. */
export function adviceFor(error: unknown, provider: ProviderName, login: string): string {
  if (!isTokenError(error)) return 'a mistake of this program: please report it';
  return vendorAdvice(error, byProvider[provider]) ?? adviceByCode(error.code, login);
}

/** `InvalidParameter.Assertion` by its whole name, then without its suffix. */
function vendorAdvice({ vendorCode }: TokenError, advice: Advice<string>): string | undefined {
  if (vendorCode === undefined) return undefined;
  const [base = ''] = vendorCode.split('.', 1);
  return advice[vendorCode] ?? advice[base];
}

function adviceByCode(code: TokenErrorCode, login: string): string {
  switch (code) {
    case 'network':
      return 'the server cannot be reached: the checks above say how far it goes';
    case 'timeout':
      return 'the server takes too long: try again, or look at what stands between';
    case 'rate_limited':
      return 'too many requests: wait';
    case 'server_error':
      return 'the server has a problem of its own: wait, and tell its operator';
    case 'invalid_grant':
    case 'rotation_lost':
    case 'reauth_required':
    case 'interaction_required':
      return login;
    case 'invalid_client':
      return 'the credentials of the profile are refused: check its secrets';
    case 'lock_timeout':
      return 'another process holds the lock: look for one that hangs';
    case 'store_read':
    case 'store_write':
    case 'store_conflict':
      return 'the storage does not work: check its folder, its rights and the room that is left';
    case 'decrypt_failed':
      return `what is kept was sealed under another key: bring the key back, or ${login}`;
    case 'malformed_response':
      return 'the answer is none of this protocol: check the endpoint, or what stands between';
    case 'clock_skew':
      return 'the clocks differ: set the clock of this machine';
    case 'aborted':
    case 'closed':
      return 'it was ended: try again';
    case 'config':
      return 'an option of the profile cannot work: check it';
  }
}
