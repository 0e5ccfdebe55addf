/** The not-before watermarks, held in memory: every lookup of a grant asks for them, and there are few. */

import type { DatabaseSync } from 'node:sqlite';
import type { Watermark } from '../../service/ports.ts';
import { everyTenant, type Watermarked } from './not-before.ts';
import { Query } from './query.ts';
import { integer, text } from './values.ts';

export class Watermarks {
  readonly #marks: Readonly<Record<Watermark['level'], Map<string, Map<string, number>>>> = {
    tenant: new Map(),
    subject: new Map(),
    client: new Map(),
    access_key: new Map(),
  };

  constructor(db: DatabaseSync) {
    for (const row of new Query(db, 'SELECT level, tenant, key, not_before_ms FROM watermarks').each()) {
      this.raise(levelOf(text(row[0])), text(row[1]), text(row[2]), integer(row[3]));
    }
  }

  /** Never moves one back. */
  raise(level: Watermark['level'], tenant: string, key: string, notBeforeMs: number): void {
    const marks = this.#marks[level];
    const ofTenant = marks.get(tenant) ?? new Map<string, number>();
    marks.set(tenant, ofTenant);
    ofTenant.set(key, Math.max(ofTenant.get(key) ?? 0, notBeforeMs));
  }

  /** Newest watermark over a grant or a code; 0 where there is none. */
  over({ tenant, subject, clientId, accessKeyId }: Watermarked): number {
    return Math.max(
      this.#marks.tenant.get(tenant)?.get('') ?? 0,
      this.#marks.subject.get(tenant)?.get(subject) ?? 0,
      clientId === undefined ? 0 : (this.#marks.client.get(tenant)?.get(clientId) ?? 0),
      clientId === undefined ? 0 : (this.#marks.client.get(everyTenant)?.get(clientId) ?? 0),
      accessKeyId === undefined ? 0 : (this.#marks.access_key.get(tenant)?.get(accessKeyId) ?? 0),
    );
  }
}

function levelOf(level: string): Watermark['level'] {
  if (level === 'tenant' || level === 'subject' || level === 'client' || level === 'access_key') return level;
  throw new TypeError('a watermark has an unknown level');
}
