/** What a caller asks for, after a dialect has read it from the wire. Each command carries the speech that judges it. */

import type { GrantType } from './client.ts';
import type { IssueAsk } from './issue.ts';
import type { ClientNameProof, ClientProof, PasswordProof, SignatureProof, TokenProof } from './proof.ts';
import type { RenewAsk } from './renewal.ts';
import type { RegionSpeech, SessionSpeech, TicketSpeech } from './speech.ts';

/** What the caller's user must be allowed to do. The resource may name the caller's own account. */
export interface NeededPermission {
  readonly action: string;
  readonly resource: (tenant: string) => string;
}

export interface IssueCommand {
  readonly do: 'issue';
  /** The vendor's name of the operation, for audit and metrics. */
  readonly operation: string;
  readonly speech: TicketSpeech;
  readonly proof: SignatureProof;
  readonly permission: NeededPermission;
  readonly ask: IssueAsk;
}

export interface RenewCommand {
  readonly do: 'renew';
  readonly operation: string;
  readonly speech: TicketSpeech;
  readonly proof: SignatureProof;
  readonly permission: NeededPermission;
  /** The token that renews, as it was presented. */
  readonly credential: string;
  readonly ask: RenewAsk;
}

interface ClientCommand {
  readonly operation: string;
  readonly speech: SessionSpeech;
  readonly client: ClientProof;
  /** The tenant that the request names beside its client, where it does. */
  readonly tenant: string | undefined;
  /** Types of client that may make this call; `undefined` for every type. */
  readonly clientTypes: readonly string[] | undefined;
}

/** A one-time code for a session (RFC 6749, section 4.1.3). */
export interface RedeemCommand extends ClientCommand {
  readonly do: 'redeem';
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
  readonly resource: string | undefined;
}

/** An assertion for a session (RFC 7523, section 2.1). */
export interface AssertCommand extends ClientCommand {
  readonly do: 'assert';
  readonly assertion: string;
  readonly scope: string | undefined;
  readonly resource: string | undefined;
}

/** A refresh token for the next pair (RFC 6749, section 6). */
export interface RefreshCommand extends ClientCommand {
  readonly do: 'refresh';
  readonly refreshToken: string;
  readonly idempotencyKey: string | undefined;
  readonly scope: string | undefined;
  readonly resource: string | undefined;
}

/** A client asks for itself (RFC 6749, section 4.4). */
export interface ClientCredentialsCommand extends ClientCommand {
  readonly do: 'client_credentials';
  readonly scope: string | undefined;
  readonly resource: string | undefined;
}

/** A client hands a token back (RFC 7009), or logs its user out: the session ends. */
export interface EndCommand extends ClientCommand {
  readonly do: 'end';
  readonly token: string;
  /** Whether a token that is not alive is an error; RFC 7009, section 2.2 makes it a success. */
  readonly mustBeAlive: boolean;
}

/** Which public key checks a client's assertions. */
export interface ClientKeyCommand extends ClientCommand {
  readonly do: 'client_key';
  readonly client: ClientNameProof;
}

/** A resource server asks what a token is (RFC 7662). */
export interface IntrospectCommand extends ClientCommand {
  readonly do: 'introspect';
  readonly token: string;
}

export type SessionCommand =
  | RedeemCommand
  | AssertCommand
  | RefreshCommand
  | ClientCredentialsCommand
  | EndCommand
  | ClientKeyCommand
  | IntrospectCommand;

/** A user gets a token for each region (SCNet's two logins). */
export interface SignInCommand {
  readonly do: 'sign_in';
  readonly operation: string;
  readonly speech: RegionSpeech;
  readonly proof: PasswordProof | SignatureProof;
}

/** A region's token for its successor. */
export interface ExchangeCommand {
  readonly do: 'exchange';
  readonly operation: string;
  readonly speech: RegionSpeech;
  readonly proof: TokenProof;
}

/** What a region's token says and stands for: whether it is good, its region, its user. */
export interface InspectCommand {
  readonly do: 'inspect';
  readonly operation: string;
  readonly speech: RegionSpeech;
  readonly proof: TokenProof;
  /** `region` is refused for the platform's token. */
  readonly about: 'token' | 'region' | 'user';
}

export type RegionCommand = SignInCommand | ExchangeCommand | InspectCommand;

export type Command = IssueCommand | RenewCommand | SessionCommand | RegionCommand;

/** The grant type that a client must be registered for, where the command is one. */
export function grantTypeOf(command: SessionCommand): GrantType | undefined {
  switch (command.do) {
    case 'redeem':
      return 'authorization_code';
    case 'assert':
      return 'jwt_bearer';
    case 'refresh':
      return 'refresh_token';
    case 'client_credentials':
      return 'client_credentials';
    case 'end':
    case 'client_key':
    case 'introspect':
      return undefined;
  }
}
