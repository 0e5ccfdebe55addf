import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorStatus, isDescription, isErrorCode } from './errors.ts';

describe('error codes of OAuth', () => {
  it('have the status of RFC 6749, section 5.2: 400 but for a failed client authentication', () => {
    const others = Object.entries(errorStatus).filter(([, status]) => status !== 400);
    assert.deepEqual(Object.fromEntries(others), {
      invalid_client: 401,
      server_error: 500,
      temporarily_unavailable: 503,
    });
  });

  it('are made of what RFC 6749 allows, and are not found in the prototype', () => {
    assert.ok(Object.keys(errorStatus).every(isDescription));
    assert.equal(isErrorCode('invalid_grant'), true);
    assert.equal(isErrorCode('toString'), false);
  });
});

describe('a description', () => {
  it('is printable ASCII without quote and backslash', () => {
    for (let code = 0; code < 0x120; code++) {
      const allowed = code >= 0x20 && code <= 0x7e && code !== 0x22 && code !== 0x5c;
      assert.equal(isDescription(`a${String.fromCharCode(code)}b`), allowed, `U+${code.toString(16)}`);
    }
    assert.equal(isDescription('a\n'), false);
    assert.equal(isDescription('虎'), false);
  });
});
