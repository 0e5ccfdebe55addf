import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TokenError, type TokenErrorCode } from '../core/errors.ts';
import { tokenFailure } from './token-failure.ts';

const exitCodes: Readonly<Record<TokenErrorCode, number>> = {
  network: 4,
  timeout: 4,
  rate_limited: 4,
  server_error: 4,
  invalid_grant: 3,
  invalid_client: 6,
  rotation_lost: 3,
  reauth_required: 3,
  interaction_required: 3,
  lock_timeout: 5,
  store_read: 5,
  store_write: 5,
  store_conflict: 5,
  decrypt_failed: 5,
  malformed_response: 6,
  clock_skew: 6,
  aborted: 1,
  closed: 3,
  config: 2,
};

describe('a failure to get a token', () => {
  for (const [code, exitCode] of Object.entries(exitCodes)) {
    it(`with ${code} has the exit code ${exitCode}`, () => {
      // The table has every code, and no other.
      const failure = tokenFailure(new TokenError({ code: code as TokenErrorCode, message: 'because' }));
      assert.deepEqual([failure?.exitCode, failure?.code, failure?.message], [exitCode, code, 'because']);
    });
  }

  it('is a refusal where a server did not like what it was asked', () => {
    assert.equal(tokenFailure(new TokenError({ code: 'config', message: 'because', status: 400 }))?.exitCode, 6);
  });

  it('says whose it is', () => {
    assert.equal(
      tokenFailure(new TokenError({ code: 'network', message: 'because' }), 'logs')?.message,
      'logs: because',
    );
  });

  it('leaves the errors of others alone', () => {
    assert.equal(tokenFailure(new Error('of others')), undefined);
  });
});
