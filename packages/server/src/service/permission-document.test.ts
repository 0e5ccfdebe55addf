import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAllowed } from '../core/permission.ts';
import { permissionDocument, policyDocument } from './permission-document.ts';

const statement = { Effect: 'Allow', Action: 'log:CreateTicket', Resource: 'acs:log:*:*:ticket/*' };
const document = (...Statement: unknown[]) => ({ Version: '1', Statement });

function problemOf(given: unknown): string {
  const parsed = permissionDocument.safeParse(given);
  assert.ok(!parsed.success, 'refused');
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

describe('a RAM policy document', () => {
  it('becomes a policy that allows what it says', () => {
    const policy = permissionDocument.parse(document(statement));
    assert.equal(isAllowed(policy, 'log:CreateTicket', 'acs:log:cn-shanghai:1:ticket/x'), true);
    assert.equal(isAllowed(policy, 'log:RefreshToken', 'acs:log:cn-shanghai:1:ticket/x'), false);
  });

  it('takes one text or a list, and is written back as it came', () => {
    const given = document(statement, { Effect: 'Deny', Action: ['log:Get*', 'log:List*'], Resource: '*' });
    assert.deepEqual(policyDocument(permissionDocument.parse(given)), given);
  });

  it('may hold no statement: it allows nothing', () => {
    assert.deepEqual(permissionDocument.parse(document()), []);
  });

  for (const member of ['Condition', 'NotAction', 'NotResource', 'Principal', 'NotPrincipal']) {
    it(`is refused for ${member}, by name`, () => {
      assert.equal(problemOf(document({ ...statement, [member]: {} })), `Statement.0: ${member} is not supported`);
    });
  }

  it('is refused for members that nobody knows, by name', () => {
    assert.equal(problemOf(document({ ...statement, Sid: 'a' })), 'Statement.0: unknown member Sid');
    assert.equal(problemOf({ ...document(), Id: 'a' }), ': unknown member Id');
    assert.match(problemOf(document({ effect: 'Allow', Action: '*', Resource: '*' })), /unknown member effect/);
  });

  for (const [what, given] of [
    ['another version', { Version: '2', Statement: [] }],
    ['no version', { Statement: [] }],
    ['one statement that is no list', { Version: '1', Statement: statement }],
    ['another effect', document({ ...statement, Effect: 'allow' })],
    ['no action', document({ Effect: 'Allow', Resource: '*' })],
    ['an empty list of actions', document({ ...statement, Action: [] })],
    ['an empty action', document({ ...statement, Action: '' })],
    ['an action with a space', document({ ...statement, Action: 'log: *' })],
    ['a resource that is a number', document({ ...statement, Resource: 1 })],
    ['a text', JSON.stringify(document(statement))],
  ] as const) {
    it(`is refused for ${what}`, () => {
      assert.notEqual(problemOf(given), '');
    });
  }

  it('holds 64 statements and no more', () => {
    const short = { Effect: 'Allow', Action: '*', Resource: '*' };
    const of = (count: number) => document(...Array.from({ length: count }, () => short));
    assert.equal(permissionDocument.parse(of(64)).length, 64);
    assert.match(problemOf(of(65)), /64/);
  });

  it('has 4096 bytes and no more', () => {
    const ofBytes = (bytes: number) => {
      const patterns = Array.from({ length: 18 }, () => 'x'.repeat(200));
      const rest = bytes - JSON.stringify(document({ ...statement, Action: [...patterns, ''] })).length;
      return document({ ...statement, Action: [...patterns, 'x'.repeat(rest)] });
    };
    assert.equal(JSON.stringify(ofBytes(4096)).length, 4096);
    assert.equal(permissionDocument.safeParse(ofBytes(4095)).success, true);
    assert.equal(permissionDocument.safeParse(ofBytes(4096)).success, true);
    assert.match(problemOf(ofBytes(4097)), /4096 bytes/);
  });
});
