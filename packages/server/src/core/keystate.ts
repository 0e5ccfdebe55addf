/** What a signing key is for at an instant. Only times decide it, so that every process of a fleet agrees. */

export interface KeyTimes {
  /** Signs from here on. Until then it is only published, so that verifiers know it before its first token. */
  readonly activeFromMs: number;
  /** Signs no longer; `undefined` while no successor is set. */
  readonly retiresAtMs: number | undefined;
  /** Verifies no longer: its last token is over. */
  readonly dropsAtMs: number | undefined;
}

export type KeyState = 'published' | 'signing' | 'retiring' | 'dropped';

export function keyState(key: KeyTimes, nowMs: number): KeyState {
  if (key.dropsAtMs !== undefined && nowMs >= key.dropsAtMs) return 'dropped';
  if (nowMs < key.activeFromMs) return 'published';
  if (key.retiresAtMs !== undefined && nowMs >= key.retiresAtMs) return 'retiring';
  return 'signing';
}
