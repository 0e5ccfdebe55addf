import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fastify from 'fastify';
import { covers, hearRoutes, isOwn } from './served-routes.ts';

suite('routes', () => {
  test('are heard as they are added, with their prefix, but for the emulator’s own', async () => {
    const app = fastify();
    const routes = hearRoutes(app);
    app.post('/tickets', async () => '');
    app.register(
      async (admin) => {
        admin.get('/tenants/:id', async () => '');
        admin.get('/dev/clock', async () => '');
      },
      { prefix: '/admin/v1' },
    );
    await app.ready();
    assert.deepEqual(
      routes.filter(({ method }) => method !== 'HEAD'),
      [
        { method: 'POST', path: '/tickets' },
        { method: 'GET', path: '/admin/v1/tenants/:id' },
      ],
    );
    await app.close();
  });

  test('of the emulator itself are those below its prefix', () => {
    assert.equal(isOwn('/admin/v1/dev/faults'), true);
    assert.equal(isOwn('/admin/v1/developers'), false);
  });
});

suite('a fault covers', () => {
  const cases: ReadonlyArray<readonly [fault: string, route: string, covered: boolean]> = [
    ['/tickets', '/tickets', true],
    ['/ticket', '/tickets', false],
    ['/tickets', '/ticket', false],
    ['/tickets/', '/tickets', false],
    ['/grants/7', '/grants/:id', true],
    ['/grants/7/revoke', '/grants/:id/revoke', true],
    ['/grants/7/revoke', '/grants/:id', false],
    ['/grants/', '/grants/:id', false],
    ['/*', '/tickets', true],
    ['/t*', '/tickets', true],
    ['/x*', '/tickets', false],
    ['/tickets*', '/tickets', true],
    ['/tickets/*', '/tickets', false],
    ['/grants/*', '/grants/:id/revoke', true],
    ['/grants/7/r*', '/grants/:id/revoke', true],
    ['/grants/7/x*', '/grants/:id/revoke', false],
  ];
  for (const [path, route, covered] of cases) {
    test(`${path}: ${covered ? '' : 'not '}${route}`, () => {
      assert.equal(covers({ path }, { method: 'GET', path: route }), covered);
    });
  }

  test('no route of another method', () => {
    assert.equal(covers({ path: '/a', method: 'GET' }, { method: 'POST', path: '/a' }), false);
    assert.equal(covers({ path: '/a', method: 'POST' }, { method: 'POST', path: '/a' }), true);
  });
});
