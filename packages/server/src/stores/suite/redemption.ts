import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { AuthorizationCode, PresentedCode } from '../../core/authorization-code.ts';
import type { Grant } from '../../core/grant.ts';
import { AlreadyExists, type RedeemAsk, type RedeemOutcome, type Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { client, code, eventAt, everyEvent, everyRow, grantAt, issue, settle, startMs } from './samples.ts';

/** When the codes of these stories are presented, unless a story says otherwise. */
const nowMs = startMs + 1000;
const endMs = code('one').expiresAtMs;

interface Call extends Partial<PresentedCode> {
  readonly hash?: string;
  readonly grant?: Grant;
  readonly atMs?: number;
}

const right: PresentedCode = {
  clientId: 'c1',
  redirectUri: 'https://app.example/callback',
  challenge: 'challenge',
};

const sessionAt = (atMs: number): Grant => grantAt(atMs, { clientId: 'c1', accessKeyId: undefined, generation: 1 });

function ask({ hash = 'one', atMs = nowMs, grant = sessionAt(atMs), ...presented }: Call = {}): RedeemAsk {
  return {
    hash,
    presented: { ...right, ...presented },
    grant,
    nowMs: atMs,
    event: { atMs, requestId: 'redeem', operation: 'Redeem', tenant: 't1', subject: 'u1', actor: 'c1' },
  };
}

const word = (outcome: RedeemOutcome): string => {
  if (outcome.did === 'redeemed') return 'redeemed';
  const { reason } = outcome;
  return reason.code === 'code_mismatch' ? `${reason.code} ${reason.problem}` : reason.code;
};

const create = (store: Store, change: Partial<AuthorizationCode> = {}): Promise<void> =>
  store.createCode(code('one', change), eventAt(startMs, { type: 'code.issued' }));

const grantsOf = (store: Store) => everyRow((page) => store.listGrants({}, page));

const eventsOf = async (store: Store) =>
  (await everyEvent(store)).filter(({ type }) => type !== 'code.issued').map(({ type, reason }) => [type, reason]);

export function redemption(rule: Rule): void {
  describe('redeemCode: a code that is good', () => {
    rule('gives its grant, with its event', async (store, fresh) => {
      await create(store);
      const grant = sessionAt(nowMs);
      assert.deepEqual(await store.redeemCode(ask({ grant })), { did: 'redeemed' });
      const expected = { ...grant, useCount: 0, lastUsedAtMs: undefined, notBeforeMs: 0 };
      assert.deepEqual(await store.findGrant(grant.id), expected);
      assert.deepEqual(await store.findCode('one'), { ...code('one'), redeemedBy: grant.id, notBeforeMs: 0 });
      assert.deepEqual((await everyEvent(store))[0], {
        at: nowMs,
        type: 'grant.issued',
        requestId: 'redeem',
        operation: 'Redeem',
        tenant: 't1',
        actor: 'c1',
        subject: 'u1',
        grantId: grant.id,
      });
      const again = await fresh.reopen();
      assert.deepEqual(await again.findGrant(grant.id), expected);
      assert.equal((await again.findCode('one'))?.redeemedBy, grant.id);
    });

    const cases: readonly (readonly [what: string, change: Partial<AuthorizationCode>, call: Call])[] = [
      ['one millisecond before its end', {}, { atMs: endMs - 1 }],
      ['without a redirect URI, where a challenge binds it', {}, { redirectUri: undefined }],
      ['without a verifier, where there was no challenge', { codeChallenge: undefined }, { challenge: undefined }],
    ];
    for (const [what, change, call] of cases) {
      rule(`is redeemed ${what}`, async (store) => {
        await create(store, change);
        assert.equal(word(await store.redeemCode(ask(call))), 'redeemed');
      });
    }
  });

  describe('redeemCode: what may not be used', () => {
    const plain = { codeChallenge: undefined };
    const cases: readonly (readonly [what: string, Partial<AuthorizationCode>, Call, refusal: string])[] = [
      ['by another client', {}, { clientId: 'c2' }, 'code_mismatch client'],
      ['by another client, after its end too', {}, { clientId: 'c2', atMs: endMs }, 'code_mismatch client'],
      ['at its end', {}, { atMs: endMs }, 'code_expired'],
      ['one millisecond after its end', {}, { atMs: endMs + 1 }, 'code_expired'],
      ['with another redirect URI', {}, { redirectUri: `${right.redirectUri}/` }, 'code_mismatch redirect_uri'],
      ['with an empty redirect URI', {}, { redirectUri: '' }, 'code_mismatch redirect_uri'],
      [
        'without a redirect URI, where no challenge binds it',
        plain,
        { redirectUri: undefined, challenge: undefined },
        'code_mismatch redirect_uri',
      ],
      ['with another verifier', {}, { challenge: 'Challenge' }, 'code_mismatch code_verifier'],
      ['without the verifier', {}, { challenge: undefined }, 'code_mismatch code_verifier'],
      ['with a verifier, where there was no challenge', plain, {}, 'code_mismatch code_verifier'],
      ['where there is no such code', {}, { hash: 'two' }, 'code_unknown'],
    ];
    for (const [what, change, call, refusal] of cases) {
      rule(`is refused ${what}, with its event, and stays as it is`, async (store) => {
        await create(store, change);
        const before = await store.findCode('one');
        assert.equal(word(await store.redeemCode(ask(call))), refusal);
        assert.deepEqual(await store.findCode('one'), before);
        assert.deepEqual(await grantsOf(store), []);
        assert.deepEqual(await eventsOf(store), [['grant.refused', refusal.split(' ')[0]]]);
        assert.equal((await everyEvent(store))[0]?.grantId, undefined);
      });
    }

    rule('names the client that asked, where the code is unknown', async (store) => {
      const outcome = await store.redeemCode(ask({ clientId: 'c2' }));
      assert.deepEqual(outcome, { did: 'refused', reason: { code: 'code_unknown', clientId: 'c2' } });
    });

    for (const [level, key] of [
      ['tenant', ''],
      ['subject', 'u1'],
      ['client', 'c1'],
    ] as const) {
      rule(
        `is refused when the grants of its ${level} were revoked at its issue or later, not before`,
        async (store) => {
          for (const [ms, answer] of [
            [-1, 'redeemed'],
            [0, 'code_expired'],
            [1, 'code_expired'],
          ] as const) {
            const hash = `${ms}`;
            const tenant = `t${ms}`;
            await store.createCode(code(hash, { tenant }), eventAt(startMs, { type: 'code.issued' }));
            await store.revokeAll({ level, tenant, key, notBeforeMs: startMs + ms }, eventAt(startMs));
            const grant = { ...sessionAt(nowMs), tenant };
            assert.equal(word(await store.redeemCode(ask({ hash, grant }))), answer);
          }
        },
      );
    }

    rule('is refused when its user or its client was deleted', async (store) => {
      await settle(store);
      for (const id of ['c1', 'c2']) await store.createClient(client(id), eventAt(startMs));
      await create(store);
      await store.createCode(code('two', { clientId: 'c2' }), eventAt(startMs));
      await store.deleteClient('c2', startMs, eventAt(startMs));
      assert.equal(word(await store.redeemCode(ask({ hash: 'two', clientId: 'c2' }))), 'code_expired');
      await store.deleteUser('t1', 'u1', startMs, eventAt(startMs));
      assert.equal(word(await store.redeemCode(ask())), 'code_expired');
      assert.deepEqual(await grantsOf(store), []);
    });

    rule('is left as it is where the id of its grant is taken, without an event', async (store) => {
      await create(store);
      const [old] = await issue(store, grantAt(startMs, { subject: 'u2' }));
      const grant = { ...sessionAt(nowMs), id: old?.id ?? '' };
      const neighbour = store.appendAudit(eventAt(startMs));
      await assert.rejects(store.redeemCode(ask({ grant })), AlreadyExists);
      await neighbour;
      assert.equal((await store.findCode('one'))?.redeemedBy, undefined);
      assert.equal((await store.findGrant(old?.id ?? ''))?.subject, 'u2');
      assert.equal((await everyEvent(store)).length, 3);
      assert.equal(word(await store.redeemCode(ask())), 'redeemed');
    });
  });

  describe('redeemCode: a code that was used', () => {
    /** A code that was redeemed, and the grant that came from it, looked up already. */
    async function redeemed(store: Store): Promise<string> {
      await create(store);
      const grant = sessionAt(nowMs);
      await store.redeemCode(ask({ grant }));
      assert.equal((await store.findGrant(grant.id))?.revokedAtMs, undefined);
      return grant.id;
    }

    const replays: readonly (readonly [what: string, call: Call])[] = [
      ['as it was', {}],
      ['at its end', { atMs: endMs }],
      ['long after its end', { atMs: endMs + 1_000_000 }],
      ['with another redirect URI', { redirectUri: 'https://evil.example/' }],
      ['with another verifier', { challenge: 'other' }],
    ];
    for (const [what, call] of replays) {
      rule(`ends its grant, with its event, when it comes back ${what}`, async (store) => {
        const id = await redeemed(store);
        const atMs = call.atMs ?? nowMs + 7;
        const outcome = await store.redeemCode(ask({ ...call, atMs }));
        assert.deepEqual(outcome, { did: 'refused', reason: { code: 'code_replayed', grantId: id } });
        assert.equal((await store.findGrant(id))?.revokedAtMs, atMs);
        assert.equal((await grantsOf(store)).length, 1);
        const [newest] = await everyEvent(store);
        assert.deepEqual([newest?.type, newest?.reason, newest?.grantId], ['code.replayed', 'code_replayed', id]);
        assert.deepEqual([newest?.tenant, newest?.subject, newest?.actor], ['t1', 'u1', 'c1']);
      });
    }

    rule('ends nothing when another client brings it', async (store) => {
      const id = await redeemed(store);
      assert.equal(word(await store.redeemCode(ask({ clientId: 'c2' }))), 'code_mismatch client');
      assert.equal((await store.findGrant(id))?.revokedAtMs, undefined);
    });

    rule('is still known when the store is opened again', async (store, fresh) => {
      const id = await redeemed(store);
      const again = await fresh.reopen();
      assert.equal(word(await again.redeemCode(ask())), 'code_replayed');
      assert.equal((await again.findGrant(id))?.revokedAtMs, nowMs);
    });

    rule('leaves the instant of an earlier revocation, and a grant that is gone', async (store) => {
      const id = await redeemed(store);
      await store.revokeGrant(id, nowMs + 1, eventAt(nowMs, { type: 'grant.revoked' }));
      assert.equal(word(await store.redeemCode(ask({ atMs: nowMs + 2 }))), 'code_replayed');
      assert.equal((await store.findGrant(id))?.revokedAtMs, nowMs + 1);
      await store.purgeExpired(Number.MAX_SAFE_INTEGER, 10);
      assert.equal(word(await store.redeemCode(ask({ atMs: nowMs + 3 }))), 'code_replayed');
      assert.deepEqual(await grantsOf(store), []);
      assert.equal((await eventsOf(store)).filter(([type]) => type === 'code.replayed').length, 2);
    });

    rule('is purged like any other, and then unknown', async (store) => {
      await redeemed(store);
      assert.equal(await store.purgeCodes(endMs, 10), 0);
      assert.equal(await store.purgeCodes(endMs + 1, 10), 1);
      assert.equal(word(await store.redeemCode(ask())), 'code_unknown');
    });
  });

  describe('redeemCode: 64 callers at once', () => {
    const callers = Array.from({ length: 64 }, (_, caller) => caller);

    rule('with one code make one grant, which the second of them ends', async (store) => {
      await create(store);
      const grants = callers.map((caller) => sessionAt(nowMs + caller));
      const outcomes = await Promise.all(grants.map((grant) => store.redeemCode(ask({ grant }))));
      assert.deepEqual(outcomes.map(word).toSorted(), [...callers.slice(1).map(() => 'code_replayed'), 'redeemed']);
      const winner = grants[outcomes.findIndex(({ did }) => did === 'redeemed')];
      const found = await grantsOf(store);
      assert.deepEqual(
        found.map(({ id, revokedAtMs }) => [id, revokedAtMs]),
        [[winner?.id, nowMs]],
      );
      assert.equal((await store.findCode('one'))?.redeemedBy, winner?.id);
      const types = (await eventsOf(store)).map(([type]) => type);
      assert.equal(types.filter((type) => type === 'grant.issued').length, 1);
      assert.equal(types.filter((type) => type === 'code.replayed').length, 63);
    });

    rule('with wrong verifiers make none, and leave the code to its client', async (store) => {
      await create(store);
      const guesses = callers.map((caller) => store.redeemCode(ask({ challenge: `guess ${caller}` })));
      assert.deepEqual([...new Set((await Promise.all(guesses)).map(word))], ['code_mismatch code_verifier']);
      assert.equal(word(await store.redeemCode(ask())), 'redeemed');
      assert.equal((await grantsOf(store)).length, 1);
    });

    rule('with a code each all get their grant', async (store) => {
      const hashes = callers.map((caller) => `code ${caller}`);
      await Promise.all(hashes.map((hash) => store.createCode(code(hash), eventAt(startMs))));
      const outcomes = await Promise.all(hashes.map((hash) => store.redeemCode(ask({ hash }))));
      assert.deepEqual([...new Set(outcomes.map(word))], ['redeemed']);
      assert.equal((await grantsOf(store)).length, 64);
    });
  });
}
