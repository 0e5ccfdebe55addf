/**
 * The provider of a profile that looks for its secrets when they are first needed: whoever asks for a token that is at hand
 * starts no password manager. Identity and traits never depend on a secret.
 */

import { isTokenError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider.ts';
import { makeProvider, type ProviderSurroundings } from './make-provider.ts';
import type { OptionValue, Profile } from './profile.ts';
import { providerShape } from './provider-shapes.ts';
import { readReference } from './reference.ts';
import { type Places, resolveReference } from './resolve.ts';

export interface OpenedProvider {
  readonly provider: Provider;
  /** Finds the secrets, so that whatever is wrong with them shows before anything is sent. Throws `TokenError`. */
  readonly prepare: () => Promise<void>;
}

/** Stands for a secret that nobody needs yet; nothing is ever sent with it. */
const unread = 'a secret that was not read';

export async function openProvider(
  profile: Profile,
  places: Places,
  surroundings: ProviderSurroundings,
): Promise<OpenedProvider> {
  const { options: shapes = {} } = providerShape(profile.provider).grants[profile.grant] ?? {};
  const open: Record<string, OptionValue> = {};
  const secrets: { readonly option: string; readonly find: () => Promise<string> }[] = [];
  for (const [option, value] of Object.entries(profile.options)) {
    const reference = shapes[option]?.kind === 'text' ? readReference(value) : undefined;
    const find = reference && (() => resolveReference(option, reference, places));
    if (find && shapes[option]?.isSecret) secrets.push({ option, find });
    else open[option] = find ? await find() : value;
  }
  const make = (found: Readonly<Record<string, string>>): Promise<Provider> =>
    makeProvider(profile, { ...open, ...found }, surroundings);
  const outline = await make(Object.fromEntries(secrets.map(({ option }) => [option, unread])));
  if (secrets.length === 0) return { provider: outline, prepare: async () => {} };

  const find = async (): Promise<Provider> => {
    const found: Record<string, string> = {};
    // One after the other: each may ask the person something.
    for (const secret of secrets) found[secret.option] = await secret.find();
    return make(found);
  };
  return lazily(outline, find);
}

/** @param outline knows all but the secrets. @param find a secret that was refused, or not found, is looked for again. */
function lazily(outline: Provider, find: () => Promise<Provider>): OpenedProvider {
  let whole: Promise<Provider> | undefined;
  const prepared = (): Promise<Provider> => {
    const finding = whole ?? find();
    whole = finding;
    finding.catch(() => {
      if (whole === finding) whole = undefined;
    });
    return finding;
  };
  const use = async <Result>(work: (provider: Provider) => Promise<Result>): Promise<Result> => {
    try {
      return await work(await prepared());
    } catch (error) {
      if (isTokenError(error, 'invalid_client')) whole = undefined;
      throw error;
    }
  };
  const { id, kind, traits, refresh, revoke, isAuthFailure } = outline;
  const provider: Provider = {
    id,
    kind,
    traits,
    key: () => outline.key(),
    acquire: (context) => use((found) => found.acquire(context)),
    ...(refresh && { refresh: (previous, context) => use((found) => (found.refresh ?? refresh)(previous, context)) }),
    ...(revoke && { revoke: (grant, context) => use((found) => (found.revoke ?? revoke)(grant, context)) }),
    ...(isAuthFailure && { isAuthFailure }),
  };
  return {
    provider,
    async prepare() {
      await prepared();
    },
  };
}
