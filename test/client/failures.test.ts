/** docs/client/failures.md says of every code what the client makes of it: each row is tried. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { errorStatus as oauthStatus } from '@hufu/wire/oauth';
import { errorStatus as pdsStatus } from '@hufu/wire/pds';
import { errorStatus as scnetStatus } from '@hufu/wire/scnet';
import { errorStatus as slsStatus } from '@hufu/wire/sls';
import { tokenFailure } from '../../packages/client/src/cli/token-failure.ts';
import { TokenError, type TokenErrorCode } from '../../packages/client/src/index.ts';
import { type TableRow, tableRows } from '../../tools/markdown.ts';
import { repository } from '../harness/dev.ts';
import { atPds, atRedirect, atScnet, atSls, atTokenEndpoint } from './refusals.ts';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const rows = tableRows(read('docs/client/failures.md'));
const under = (heading: string): TableRow[] => rows.filter((row) => row.heading === heading);
const word = (cell: string | undefined): string => /^`(\w+)`$/.exec(cell ?? '')?.[1] ?? '';

/** Members of a union type, as its source has them. */
const membersOf = (path: string, type: string): string[] => {
  const union = new RegExp(`type ${type} =([\\s\\S]+?);\n\n`).exec(read(path))?.[1] ?? '';
  return [...union.matchAll(/^\s*\| '(\w+)'/gm)].map(([, member = '']) => member);
};
const providers = 'packages/client/src/providers';

const sorted = (names: Iterable<string>): string[] => [...names].toSorted();
/** A row for each, and none twice. */
const hasAll = (heading: string, names: Iterable<string>): void => {
  const wanted = sorted(names);
  assert.ok(wanted.length > 1);
  assert.deepEqual(sorted(under(heading).map(({ name }) => name)), wanted);
};
const statusIn = (table: Readonly<Record<string, number>>, { name, cells }: TableRow): number => {
  const status = Number(cells[1]);
  const [base = ''] = name.split('.', 1);
  if (base in table) assert.equal(status, table[base], name);
  return status;
};

describe('docs/client/failures.md: the codes of the client', () => {
  it('are all there', () => hasAll('Codes', membersOf('packages/client/src/core/errors.ts', 'TokenErrorCode')));

  for (const { name, cells } of under('Codes')) {
    it(`${name} is tried again, or is not`, () => {
      // The table has a row for each code, and no other.
      const { retryable } = new TokenError({ code: name as TokenErrorCode, message: '' });
      assert.equal(cells[3], retryable ? 'yes' : 'no');
    });
  }

  for (const { name, cells } of under('Codes')) {
    it(`${name} ends a command with the exit code of its row`, () => {
      const code = name as TokenErrorCode;
      const [, plain = '', withStatus = plain] = /^(\d)(?:, with a `status` (\d))?$/.exec(cells[4] ?? '') ?? [];
      const exitOf = (status?: number) => tokenFailure(new TokenError({ code, message: '', status }))?.exitCode;
      assert.deepEqual([exitOf(), exitOf(400)], [Number(plain), Number(withStatus)]);
    });
  }

  for (const { name, cells } of under('An answer without a known code')) {
    it(`status ${name} decides where the vendor's code is unknown`, async () => {
      assert.equal((await atPds('Unheard', Number(name))).code, word(cells[1]));
    });
  }
});

describe('docs/client/failures.md: the codes of the vendors', () => {
  const typed = membersOf(`${providers}/sls/errors.ts`, 'SlsErrorCode');
  it('of SLS are all there', () => hasAll('Codes of SLS', [...Object.keys(slsStatus), ...typed]));
  for (const row of under('Codes of SLS')) {
    it(`${row.name} of SLS`, async () => {
      const status = statusIn(slsStatus, row);
      const operations = ['CreateTicket', 'RefreshToken'] as const;
      const met = await Promise.all(operations.map((operation) => atSls(operation, row.name, status)));
      assert.deepEqual(
        met.map(({ code, vendorCode }) => [code, vendorCode]),
        [2, 3].map((cell) => [word(row.cells[cell]), row.name]),
      );
    });
  }

  it('of PDS are all there, and each suffix that means something', () => {
    const names = under('Codes of PDS').map(({ name }) => name);
    const bases = names.filter((name) => !name.includes('.'));
    assert.deepEqual(sorted(bases), sorted(Object.keys(pdsStatus)));
    const source = read(`${providers}/pds/errors.ts`);
    const known = [...source.matchAll(/\\\.\(\?:([\w|]+)\)\$/g)].flatMap(([, list = '']) => list.split('|'));
    assert.ok(known.length > 10);
    const suffixes = names.flatMap((name) => name.split('.')[1] ?? []);
    assert.deepEqual(sorted(new Set(suffixes)), sorted(known));
  });
  for (const row of under('Codes of PDS')) {
    it(`${row.name} of PDS`, async () => {
      const { code, vendorCode } = await atPds(row.name, statusIn(pdsStatus, row));
      assert.deepEqual([code, vendorCode], [word(row.cells[2]), row.name]);
    });
  }

  it('of SCNet are all there', () => hasAll('Codes of SCNet', Object.keys(scnetStatus)));
  for (const { name, cells } of under('Codes of SCNet')) {
    it(`${name} of SCNet`, async () => {
      const met = [await atScnet('login', name), await atScnet('token', name)];
      assert.deepEqual(
        met.map(({ code, vendorCode }) => [code, vendorCode]),
        [1, 2].map((cell) => [word(cells[cell]), name]),
      );
    });
  }

  it('of OAuth are all there, and those that the client types', () => {
    hasAll('Codes of OAuth 2.1', Object.keys(oauthStatus));
    hasAll('Codes of OAuth 2.1', membersOf(`${providers}/oauth2/errors.ts`, 'OAuth2ErrorCode'));
  });
  for (const row of under('Codes of OAuth 2.1')) {
    it(`${row.name} of OAuth, at the token endpoint and at the redirect URI`, async () => {
      const met = [await atTokenEndpoint(row.name, statusIn(oauthStatus, row)), await atRedirect(row.name)];
      assert.deepEqual(
        met.map(({ code, vendorCode }) => [code, vendorCode]),
        [word(row.cells[2]), 'invalid_grant'].map((code) => [code, row.name]),
      );
    });
  }
});
