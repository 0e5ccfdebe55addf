import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareConfig, type OptionDoc } from './config.ts';

const port: OptionDoc = { path: 'server.port', env: 'HUFU_SERVER_PORT', default: '8420' };
const wait: OptionDoc = { path: 'server.waitMs', env: 'HUFU_SERVER_WAIT_MS', default: '', unit: 'ms' };
const portRow = '| `server.port` | `HUFU_SERVER_PORT` | `8420` | words |';
const waitRow = '| `server.waitMs` | `HUFU_SERVER_WAIT_MS` | none | ms | words |';
const check = (...rows: string[]): string[] => compareConfig(rows.join('\n'), [port, wait]);

describe('docs/config.md', () => {
  it('has one row for each option', () => assert.deepEqual(check(portRow, waitRow), []));
  it('misses an option', () => assert.equal(check(portRow).length, 1));
  it('has an option twice', () => assert.equal(check(portRow, portRow, waitRow).length, 1));
  it('has an option that does not exist', () => {
    assert.equal(check(portRow, waitRow, portRow.replace('server.port', 'server.ports')).length, 1);
  });
  it('has another environment name', () => assert.equal(check(portRow.replace('HUFU', 'HU'), waitRow).length, 1));
  it('has another default', () => assert.equal(check(portRow.replace('8420', '84200'), waitRow).length, 1));
  it('has another unit', () => assert.equal(check(portRow, waitRow.replace(' ms ', ' s ')).length, 1));
});
