/** What `hufu doctor` found about one thing. */

export interface Check {
  /** Stable, for scripts. */
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly detail: string;
}

export const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail });
export const warning = (name: string, detail: string): Check => ({ name, state: 'warning', detail });
export const failed = (name: string, detail: string): Check => ({ name, state: 'failed', detail });
export const skipped = (name: string, detail: string): Check => ({ name, state: 'skipped', detail });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error');
