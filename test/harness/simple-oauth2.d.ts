/** As much of simple-oauth2 5 as the tests use: it comes without types. */

declare module 'simple-oauth2' {
  interface Options {
    readonly client: { readonly id: string; readonly secret: string };
    readonly auth: {
      readonly tokenHost: string;
      readonly tokenPath: string;
      readonly revokePath: string;
      readonly authorizePath?: string;
    };
    readonly options?: { readonly authorizationMethod: 'header' | 'body' };
  }

  interface Token {
    readonly access_token: string;
    readonly refresh_token: string;
    readonly expires_at: Date;
    readonly scope?: string;
  }

  export interface AccessToken {
    readonly token: Token;
    expired(windowSeconds?: number): boolean;
    refresh(parameters?: { readonly scope?: string }): Promise<AccessToken>;
    revoke(tokenType: 'access_token' | 'refresh_token'): Promise<unknown>;
  }

  export class ClientCredentials {
    constructor(options: Options);
    getToken(parameters: { readonly scope?: string | readonly string[] }): Promise<AccessToken>;
    createToken(token: object): AccessToken;
  }

  export class AuthorizationCode {
    constructor(options: Options);
    authorizeURL(parameters: Readonly<Record<string, string>>): string;
    getToken(parameters: Readonly<Record<string, string>>): Promise<AccessToken>;
  }
}
