import assert from 'node:assert/strict';
import test from 'node:test';
import type { AuditEvent } from '../core/audit.ts';
import { grantAt } from '../stores/suite/samples.ts';
import { noteRenewal } from './note-renewal.ts';

const sampleGrant = grantAt(1_730_257_000_000);
const context = { requestId: 'r1', nowMs: 1_730_257_365_559, remote: '192.0.2.1' };

function noted(auditsRenewals: boolean, isBehind: boolean) {
  const events: AuditEvent[] = [];
  const marks: string[] = [];
  const parts = {
    auditsRenewals,
    store: { isBehind, appendAudit: async (event: AuditEvent) => void events.push(event) },
    usage: { mark: (id: string) => void marks.push(id) },
    background: (work: Promise<unknown>) => void work,
  };
  const decision = noteRenewal(parts, sampleGrant, 'RefreshToken', 'actor', context);
  return { decision, marks, types: events.map(({ type, grantId, actor }) => [type, grantId, actor]) };
}

const { id } = sampleGrant;

test('a renewal is marked, and is an event where renewals are kept', () => {
  const { decision, marks, types } = noted(true, false);
  assert.deepEqual(decision, { ok: true, value: sampleGrant });
  assert.deepEqual([marks, types], [[id], [['grant.renewed', id, 'actor']]]);
});

test('a renewal whose event the store could not take is refused as busy, and leaves nothing', () => {
  const { decision, marks, types } = noted(true, true);
  assert.equal(!decision.ok && decision.reason.code, 'temporarily_unavailable');
  assert.deepEqual([marks, types], [[], []]);
});

test('where renewals are not kept, one writes nothing beyond its mark, and waits for no store', () => {
  for (const isBehind of [false, true]) {
    const { decision, marks, types } = noted(false, isBehind);
    assert.equal(decision.ok, true);
    assert.deepEqual([marks, types], [[id], []]);
  }
});
