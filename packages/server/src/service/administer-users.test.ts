import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { context, sampleAdministration } from '../cli/administration.sample.ts';
import { changeUser, createUser, deleteUser, findUser } from './administer-users.ts';
import { NotFound } from './administration.ts';
import { AlreadyExists } from './ports.ts';

const bob = { tenant: '100', id: 'bob', name: 'Bob', policy: [] } as const;

describe('a new user', () => {
  it('has an ordinary role and no way to log in where nothing is said', async (t) => {
    const { parts } = await sampleAdministration(t);
    const user = await createUser(parts, bob, context);
    assert.deepEqual(user, {
      ...bob,
      status: 'enabled',
      createdAtMs: context.nowMs,
      loginName: undefined,
      passwordHash: undefined,
      role: 'user',
      profile: { nickName: '', avatar: '', driveId: '', sandboxDriveId: '', data: '{}' },
      firstLoginAtMs: undefined,
    });
    assert.deepEqual(await findUser(parts, '100', 'bob'), user);
  });

  it('has its password as a hash, made anew for each user', async (t) => {
    const { parts, passwords } = await sampleAdministration(t);
    const hashes = [];
    for (const id of ['b1', 'b2']) {
      const { passwordHash = '' } = await createUser(parts, { ...bob, id, password: 'tiger tally' }, context);
      assert.ok(await passwords.verify('tiger tally', passwordHash));
      hashes.push(passwordHash);
    }
    assert.notEqual(hashes[0], hashes[1]);
    assert.match(hashes[0] ?? '', /^\$argon2id\$/);
  });

  it('has a login name of its own in its tenant', async (t) => {
    const { parts } = await sampleAdministration(t);
    await createUser(parts, { ...bob, loginName: 'bob' }, context);
    const other = { ...bob, id: 'other', loginName: 'bob' };
    await assert.rejects(createUser(parts, other, context), AlreadyExists);
    await createUser(parts, { ...other, loginName: 'other' }, context);
    await assert.rejects(changeUser(parts, '100', 'other', { loginName: 'bob' }, context), AlreadyExists);
  });
});

describe('a change of a user', () => {
  it('touches what it names, down to the members of the profile', async (t) => {
    const { parts, passwords } = await sampleAdministration(t);
    const profile = { nickName: 'B', driveId: '7' };
    const before = await createUser(parts, { ...bob, password: 'tiger tally', profile }, context);
    const changed = await changeUser(parts, '100', 'bob', { role: 'admin', profile: { avatar: 'a' } }, context);
    assert.deepEqual(changed, { ...before, role: 'admin', profile: { ...before.profile, avatar: 'a' } });
    const { passwordHash } = await changeUser(parts, '100', 'bob', { password: 'another tally' }, context);
    assert.ok(await passwords.verify('another tally', passwordHash));
    assert.ok(!(await passwords.verify('tiger tally', passwordHash)));
  });
});

describe('a user that is deleted', () => {
  it('is gone', async (t) => {
    const { parts } = await sampleAdministration(t);
    await createUser(parts, bob, context);
    await deleteUser(parts, '100', 'bob', context);
    await assert.rejects(findUser(parts, '100', 'bob'), NotFound);
    await assert.rejects(changeUser(parts, '100', 'bob', { status: 'enabled' }, context), NotFound);
  });
});
