/** The vendor's own TypeScript SDK, unchanged, against a running server. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls, * as models from '@alicloud/sls20201230';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { claimsOf } from '../harness/sls.ts';

/** The package is CommonJS: its default export arrives one level deeper. */
const Client = sls.default;

describe('the official SDK', () => {
  let emulator: Emulator;
  before(async () => {
    // The SDK signs with the real time, so this clock runs.
    emulator = await startEmulator({});
  });
  after(() => emulator.stop());

  const client = (
    extra: Record<string, unknown>,
    who: 'lasting' | 'temporary' = 'lasting',
  ): InstanceType<typeof Client> => {
    const { sls } = emulator.description;
    const keys = who === 'lasting' ? sls : sls.temporary;
    return new Client(
      new $OpenApiUtil.Config({
        accessKeyId: keys.accessKeyId,
        accessKeySecret: keys.accessKeySecret,
        ...(who === 'temporary' ? { securityToken: sls.temporary.securityToken } : {}),
        endpoint: sls.endpoint,
        protocol: 'http',
        ...extra,
      }),
    );
  };

  const schemes = [
    { name: 'v1', config: {} },
    { name: 'v4 in cn-shanghai', config: { signatureVersion: 'v4', regionId: 'cn-shanghai' } },
    { name: 'v4 in ap-southeast-1', config: { signatureVersion: 'v4', regionId: 'ap-southeast-1' } },
  ];
  for (const { name, config } of schemes) {
    for (const who of ['lasting', 'temporary'] as const) {
      it(`creates a ticket and refreshes a token: ${name}, ${who} credentials`, async () => {
        const sdk = client(config, who);
        const request = new models.CreateTicketRequest({ expirationTime: 1200, accessTokenExpirationTime: 600 });
        const created = await sdk.createTicket(request);
        assert.equal(created.statusCode, 200);
        const ticket = created.body?.ticket ?? '';
        const claims = claimsOf(ticket);
        assert.equal(claims.tokenExp, 600);
        assert.equal(Number(claims.exp) - Number(claims.iat), 1200);

        const refreshed = await sdk.refreshToken(
          new models.RefreshTokenRequest({ ticket, accessTokenExpirationTime: 300 }),
        );
        assert.equal(refreshed.statusCode, 200);
        const access = claimsOf(refreshed.body?.accessToken ?? '');
        assert.equal(access.accessTokenId, claims.ticketId);
        assert.equal(Number(access.exp) - Number(access.iat), 300);
      });
    }
  }

  it('gets the defaults when it asks for nothing', async () => {
    const created = await client({}).createTicket(new models.CreateTicketRequest({}));
    const claims = claimsOf(created.body?.ticket ?? '');
    assert.deepEqual([claims.tokenExp, Number(claims.exp) - Number(claims.iat)], [86_400, 86_400]);
    assert.equal(created.headers?.['content-length'], '284');
  });

  it('reads code, message and request id of a refusal', async () => {
    const sdk = client({ accessKeySecret: 'not the secret' });
    await assert.rejects(sdk.createTicket(new models.CreateTicketRequest({})), (error: Record<string, unknown>) => {
      assert.equal(error.code, 'SignatureNotMatch');
      assert.equal(error.statusCode, 401);
      assert.match(String(error.message), /^SignatureNotMatch: signature [A-Za-z0-9+/=]+ not match$/);
      assert.match(String((error.data as Record<string, unknown>).requestId), /^[0-9A-F]{24}$/);
      return true;
    });
  });

  it('is refused in a region that issues no tickets', async () => {
    const sdk = client({ signatureVersion: 'v4', regionId: 'cn-hangzhou' });
    await assert.rejects(sdk.createTicket(new models.CreateTicketRequest({})), {
      code: 'ParameterInvalid',
      message: /region cn-hangzhou .*CreateTicket.*cn-shanghai, ap-southeast-1/,
    });
  });
});
