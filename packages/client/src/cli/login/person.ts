/** Brings a person to the login and back. */

import type { Authorize } from '../../core/authorize.ts';
import type { ClientIo } from '../io.ts';
import type { OpenProfile } from '../open-profile.ts';
import { defaultRedirectUri } from '../profiles/make-provider.ts';
import { readReference } from '../profiles/reference.ts';
import { resolveReference } from '../profiles/resolve.ts';
import { showQr } from '../qr.ts';
import { note } from '../terminal/output.ts';
import { type CallbackServer, isLoopback, openCallbackServer } from './callback-server.ts';
import { pastedCallback } from './pasted-callback.ts';

export interface PersonOptions {
  readonly browser: boolean;
  /** `undefined`: where no browser is opened, on a terminal. */
  readonly qr: boolean | undefined;
  readonly paste: boolean;
}

export interface Way {
  readonly authorize: Authorize;
  readonly redirectUri: string;
  close(): Promise<void>;
}

/** Listens before anybody is sent away, so that they find somebody when they are back. */
export async function wayOf(io: ClientIo, { profile, secrets }: OpenProfile, wanted: PersonOptions): Promise<Way> {
  const { redirectUri: given = defaultRedirectUri } = profile.options;
  const reference = readReference(given);
  const places = { env: io.env, stored: secrets };
  const redirectUri = reference ? await resolveReference('redirectUri', reference, places) : String(given);
  if (wanted.paste || !isLoopback(redirectUri)) {
    const authorize: Authorize = async (url) => {
      await showAddress(io, url, wanted);
      return pastedCallback(io);
    };
    return { authorize, redirectUri, close: async () => {} };
  }
  const server = await openCallbackServer(redirectUri);
  return { authorize: byServer(io, server, wanted), redirectUri: server.redirectUri, close: () => server.close() };
}

const byServer =
  (io: ClientIo, server: CallbackServer, wanted: PersonOptions): Authorize =>
  async (url, { signal }) => {
    const state = new URL(url).searchParams.get('state') ?? '';
    const callback = server.callback(state, signal);
    callback.catch(() => {});
    await showAddress(io, url, wanted);
    return callback;
  };

async function showAddress(io: ClientIo, url: string, { browser, qr }: PersonOptions): Promise<void> {
  const open = browser ? io.openBrowser : undefined;
  note(io, open ? 'Log in, in the browser that opens now, or at' : 'Log in at');
  note(io, url);
  if (qr ?? (!open && io.isTTY)) await showQr(io, url);
  // Where it does not open, the address stands there.
  await open?.(url).catch(() => {});
}
