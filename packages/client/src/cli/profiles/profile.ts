/** A profile: which provider, with which options, and where its secrets and tokens are. Plain data, as it stands in the file. */

import type { JsonObject } from '../../core/platform.ts';
import type { ProviderName } from './provider-shapes.ts';

/**
 * Where a value is to be found: a variable of the environment, a file, what a program prints (as password managers do), or the
 * profile's own storage, where `login` puts what a person types.
 */
export type Reference =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly command: readonly string[] }
  | { readonly stored: true };

/** The AccessKey of the vendor's tools on this machine, or of a profile of the Alibaba Cloud CLI. */
export type AccessKeyPlace = 'machine' | { readonly 'alibaba-cli': string };

export type OptionValue = string | number | boolean | Reference | AccessKeyPlace | JsonObject;

export const storageNames = ['auto', 'keychain', 'sealed', 'file', 'memory'] as const;

/** Where tokens are kept: docs/client/commands.md. */
export type StorageName = (typeof storageNames)[number];

export interface Profile {
  readonly provider: ProviderName;
  readonly grant: string;
  readonly storage: StorageName;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** Letters, digits, `.`, `_` and `-`: it stands in file names, addresses and scripts. */
export const profileName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
