/** The kinds of application that a dialect knows, and what each of them may be. */

import type { ClientAuthentication, GrantType } from './client.ts';

export interface ClientType {
  readonly dialect: string;
  /** In the dialect's own word. */
  readonly name: string;
  /** How it may authenticate; the first is the default. */
  readonly authentications: readonly [ClientAuthentication, ...ClientAuthentication[]];
  readonly grantTypes: readonly GrantType[];
  /** It may be of no tenant in particular, because it asks about grants and gets none. */
  readonly mayBeOfEveryTenant?: true;
  readonly requiresPkce: boolean;
  readonly hasRedirectUris: boolean;
  /** Algorithm of its assertions, where it signs any: it needs a key then. */
  readonly keyAlgorithm: 'RS256' | 'ES256' | undefined;
  /** Form of the ids that are made for it: this text, and so many characters. Default: upper-case letters and digits. */
  readonly newId: { readonly prefix: string; readonly characters: number; readonly of?: 'hexadecimal' };
}
