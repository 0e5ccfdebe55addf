/** Recognises a wrong master key when the server starts, before anything is opened or written under it. */

import type { KeyStore, Sealing } from '../service/ports.ts';

/** Name of the setting that holds the check value of the installation. */
export const masterCheckSetting = 'master_key_check';

/** The data were made under another master key. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';
}

/** Tells one master key from another and says nothing about either. */
export const masterCheckValue = (sealing: Sealing): string => sealing.keyedHash('check', 'master-key-check');

/**
 * Writes the check value on the first start and compares it on every other.
 *
 * @throws {WrongMasterKey}
 */
export async function checkMasterKey(store: Pick<KeyStore, 'claimSetting'>, sealing: Sealing): Promise<void> {
  const value = masterCheckValue(sealing);
  if ((await store.claimSetting(masterCheckSetting, value)) === value) return;
  throw new WrongMasterKey('The master key is not the one that these data were made under');
}
