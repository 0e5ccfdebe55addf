import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type DocumentedClaims,
  documentedPayload,
  jwtHeader,
  readDocumentedClaims,
  readToken,
  type TokenClaims,
  tokenPayload,
} from './claims.ts';
import { accountStatuses, tokenCreator, tokenRole } from './facts.ts';
import golden from './golden/tokens.json' with { type: 'json' };

const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const parsed = (payload: string): Record<string, unknown> => JSON.parse(payload);

function documented(payload: string): DocumentedClaims {
  const claims = readDocumentedClaims(parsed(payload));
  assert.ok(claims);
  return claims;
}

const claims: TokenClaims = {
  computeUser: 'act0001',
  accountStatus: 'Normal',
  creator: tokenCreator,
  role: tokenRole,
  expireTime: 1_764_683_991_000,
  clusterId: '11112',
  invoker: '6048ce7ba15c2af2e8cec12991ec13cf',
  user: 'bob',
  userId: '11655048541',
  grantId: '019aa0b0-0c18-4a01-8b2c-3d4e5f607182',
  generation: 3,
};
const payload = parsed(tokenPayload(claims));

suite('printed tokens', () => {
  test('have the header with alg first and no key named', () => {
    assert.equal(jwtHeader, golden.header);
    assert.equal(base64url(jwtHeader), golden.headerSegment);
  });

  for (const printed of golden.printed) {
    test(`${printed.name}: read, and written again to the byte`, () => {
      const read = documented(printed.payload);
      assert.equal(documentedPayload(read), printed.payload);
      assert.equal(base64url(documentedPayload(read)), printed.segment);
    });

    test(`${printed.name}: expireTime is in milliseconds`, () => {
      assert.equal(new Date(documented(printed.payload).expireTime).toISOString(), printed.expires);
    });

    test(`${printed.name}: creator, role and status are of the known words`, () => {
      const { creator, role, accountStatus } = documented(printed.payload);
      assert.deepEqual([creator, role], [tokenCreator, tokenRole]);
      assert.ok(accountStatuses.some((status) => status === accountStatus));
    });

    test(`${printed.name}: is none of ours`, () => assert.equal(readToken(parsed(printed.payload)), undefined));
  }

  test('one more expires when it says', () => {
    const { expireTime, expires } = golden.alsoPrinted;
    assert.equal(readDocumentedClaims({ ...payload, expireTime })?.expireTime, Date.parse(expires));
  });

  test('do not always name the cluster of their row', () => {
    const named = golden.printed.flatMap(({ rowClusterId, payload: text }) =>
      rowClusterId === undefined ? [] : [[rowClusterId, documented(text).clusterId]],
    );
    assert.deepEqual(named, [
      ['11112', '11126'],
      ['111131', '111131'],
      ['0', '11125'],
    ]);
  });
});

suite('signed tokens', () => {
  for (const { rule, payload: text, signature } of golden.signed.tokens) {
    test(`with ${rule}: written as signed`, () => {
      const ours = readToken(parsed(text));
      const written = ours ? tokenPayload(ours) : documentedPayload(documented(text));
      assert.equal(written, text);
      const signed = `${base64url(jwtHeader)}.${base64url(written)}`;
      assert.equal(createHmac('sha256', golden.signed.key).update(signed).digest('base64url'), signature);
    });
  }
});

suite('tokens of ours', () => {
  test('have the documented claims in order, and ours behind', () => {
    const order = Object.keys(parsed(golden.printed.at(-1)?.payload ?? ''));
    assert.deepEqual(Object.keys(payload), [...order, 'grantId', 'generation']);
  });

  test('hold nothing but text, and none of the usual claims', () => {
    for (const value of Object.values(payload)) assert.equal(typeof value, 'string');
    for (const name of golden.absent) assert.ok(!(name in payload), name);
  });

  test('may have no user id, and then have no member for it', () => {
    const { userId, ...rest } = claims;
    assert.ok(userId);
    assert.deepEqual(readToken(parsed(tokenPayload(rest))), rest);
    assert.ok(!tokenPayload(rest).includes('userId'));
  });

  test('are read again, whatever the words are', () => {
    const text = fc.string({ unit: 'binary' });
    const count = fc.maxSafeNat();
    const words = fc.record({
      computeUser: text,
      accountStatus: text,
      creator: text,
      role: text,
      clusterId: text,
      invoker: text,
      user: text,
      userId: text,
      grantId: text,
    });
    fc.assert(
      fc.property(words, count, count, (some, expireTime, generation) => {
        const written = { ...some, expireTime, generation };
        assert.deepEqual(readToken(parsed(tokenPayload(written))), written);
        const { grantId, generation: _, ...rest } = written;
        assert.deepEqual(readDocumentedClaims(parsed(documentedPayload(rest))), rest);
        assert.equal(readToken(parsed(documentedPayload(rest))), undefined, grantId);
      }),
    );
  });

  test('may have further claims', () => {
    assert.deepEqual(readToken({ ...payload, extra: 1 }), claims);
  });

  test('with a claim missing or no text are none of ours', () => {
    for (const name of Object.keys(payload)) {
      const wrongs = [null, 1, true, {}, ['a'], 1_764_683_991_000];
      for (const wrong of name === 'userId' ? wrongs : [undefined, ...wrongs]) {
        assert.equal(readToken({ ...payload, [name]: wrong }), undefined, `${name}: ${wrong}`);
      }
    }
  });

  test('have one text for each number: any other is none of ours', () => {
    const wrongs = [
      '',
      ' 1',
      '1 ',
      '01',
      '+1',
      '-1',
      '1.0',
      '1e3',
      '0x1',
      'NaN',
      '９',
      String(2 ** 53),
      '1'.repeat(17),
    ];
    for (const name of ['expireTime', 'generation']) {
      for (const wrong of wrongs)
        assert.equal(readToken({ ...payload, [name]: wrong }), undefined, `${name}: ${wrong}`);
      for (const right of ['0', '7', String(Number.MAX_SAFE_INTEGER)]) {
        assert.ok(readToken({ ...payload, [name]: right }), `${name}: ${right}`);
      }
    }
  });

  test('are not written with what could not be read again', () => {
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      assert.throws(() => tokenPayload({ ...claims, expireTime: wrong }), /claim expireTime must be a whole number/);
      assert.throws(() => tokenPayload({ ...claims, generation: wrong }), /claim generation must be a whole number/);
    }
  });
});
