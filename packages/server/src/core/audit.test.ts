import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AuditEvent, auditBlockText, auditGenesis, auditLine } from './audit.ts';

const full: AuditEvent = {
  detail: 'a few words',
  reason: 'grant_expired',
  grantId: 'g',
  subject: 'user',
  actor: 'key',
  tenant: 'tenant',
  operation: 'CreateTicket',
  dialect: 'sls',
  remote: '127.0.0.1',
  requestId: 'r',
  type: 'grant.refused',
  atMs: 1_730_257_365_559,
};

describe('a line of the audit log', () => {
  it('has its keys in one order, however the event was built', () => {
    const line =
      '{"at":1730257365559,"type":"grant.refused","requestId":"r","remote":"127.0.0.1","dialect":"sls",' +
      '"operation":"CreateTicket","tenant":"tenant","actor":"key","subject":"user","grantId":"g",' +
      '"reason":"grant_expired","detail":"a few words"}';
    assert.equal(auditLine(full), line);
    const turned = Object.fromEntries(Object.entries(full).reverse());
    assert.equal(auditLine({ ...full, ...turned }), line);
    const { atMs, type, requestId, ...rest } = full;
    assert.equal(auditLine({ atMs, type, requestId, ...rest }), line);
  });

  it('leaves out what is not known, and keeps the order of the rest', () => {
    const { atMs, type, requestId, grantId } = full;
    assert.equal(
      auditLine({ grantId, requestId, type, atMs, remote: undefined }),
      '{"at":1730257365559,"type":"grant.refused","requestId":"r","grantId":"g"}',
    );
  });

  it('holds only the fields of an event, whatever else an object carries', () => {
    const more = { ...full, secret: 'hunter2' };
    assert.equal(auditLine(more), auditLine(full));
  });

  it('stays one line that reads back, whatever its words are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (detail) => {
        const line = auditLine({ ...full, detail });
        assert.ok(!/[\r\n]/.test(line));
        assert.equal(JSON.parse(line).detail, detail);
      }),
    );
  });
});

describe('a block of lines as it is hashed', () => {
  it('is bound to the block before, its chain and its number', () => {
    assert.equal(auditBlockText('abc', 'main', 7, 'one\ntwo'), 'abc\nmain\n7\none\ntwo');
  });

  it('starts from 64 zeros, which no SHA-256 is known to give', () => {
    assert.match(auditGenesis, /^0{64}$/);
  });
});
