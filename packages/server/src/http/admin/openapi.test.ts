import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { z } from 'zod';
import { sampleServer } from '../../cli/server.sample.ts';
import { adminErrors } from './errors.ts';
import { registerAdmin } from './index.ts';
import { openApiDocument } from './openapi.ts';
import { route } from './route.ts';

type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { required: boolean; content: Record<string, { schema: unknown }> };
  responses: Record<string, unknown>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

describe('the OpenAPI document of the admin API', () => {
  it('describes every route that is served, and nothing else', async (t) => {
    const { server } = await sampleServer(t);
    const app = fastify();
    const served: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      served.push(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    });
    // Routes are taken in only; none is called.
    registerAdmin(app, {
      ...server.parts,
      version: '0',
      startedAtMs: 0,
      hashing: { digestHex: () => '' },
      isAdminToken: () => true,
      contextOf: () => ({ requestId: 'r', nowMs: 0, remote: '' }),
      configView: () => [],
      background: () => undefined,
      reportFailure: () => undefined,
    });
    await app.ready();
    const document = (
      await app.inject({ url: '/admin/v1/openapi.json', headers: { authorization: 'Bearer x' } })
    ).json();
    const described = Object.entries((document as Document).paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(described.toSorted(), served.filter((line) => !line.startsWith('HEAD ')).toSorted());
    await app.close();
  });

  it('resolves every reference, and names every path parameter and operation once', async (t) => {
    const { call } = await sampleServer(t);
    const document = (await call('GET', '/openapi.json')).body as unknown as Document;
    assert.equal(document.openapi, '3.1.0');
    for (const [, name = ''] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      assert.ok(name in document.components.schemas, name);
    }
    assert.ok(!JSON.stringify(document).includes('#/$defs/'));
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      assert.deepEqual(described.map(({ name }) => name).toSorted(), inPath.toSorted(), path);
      assert.ok(described.every(({ required }) => required));
      assert.ok('401' in operation.responses, path);
    }
  });

  it('refuses unknown members of requests, and lets answers grow', () => {
    const sample = route({
      method: 'POST',
      path: '/things/:id',
      operationId: 'makeThing',
      summary: 'Makes a thing',
      params: z.strictObject({ id: z.string() }),
      body: z.strictObject({ size: z.int() }),
      answer: z.object({ id: z.string() }),
      run: async ({ params }) => params,
    });
    const document = openApiDocument([sample], '/x', '1') as unknown as Document;
    const operation = document.paths['/x/things/{id}']?.post;
    assert.equal(operation?.requestBody?.required, true);
    assert.match(JSON.stringify(operation?.requestBody), /"additionalProperties":false/);
    assert.doesNotMatch(JSON.stringify(operation?.responses), /additionalProperties/);
  });

  it('states the bounds of what is asked for, and shows no secret in an answer that is not a creation', async (t) => {
    const { call } = await sampleServer(t);
    const { paths, components } = (await call('GET', '/openapi.json')).body as unknown as Document;
    const asked = (method: string, path: string): string =>
      JSON.stringify(paths[`/admin/v1${path}`]?.[method]?.requestBody);
    assert.match(asked('post', '/users'), /"password":\{[^}]*"minLength":8,"maxLength":256/);
    assert.match(asked('patch', '/users/{tenant}/{id}'), /at most 1024 characters/);
    assert.match(asked('patch', '/clients/{id}'), /"retryWindowSeconds":\{[^}]*"minimum":0,"maximum":600/);
    assert.match(asked('post', '/resources'), /"maxLength":1024/);
    const showing = Object.entries(components.schemas).flatMap(([name, schema]) =>
      /"(?:secret|privateKeyPem|password|securityToken)":/.test(JSON.stringify(schema)) ? [name] : [],
    );
    assert.deepEqual(showing.toSorted(), ['ClientWithKey', 'ClientWithSecret', 'CreatedAccessKey', 'CreatedClient']);
  });

  it('lists every error code', async (t) => {
    const { call } = await sampleServer(t);
    const document = (await call('GET', '/openapi.json')).body as unknown as Document;
    const error = document.components.schemas.Error as { properties: { error: { enum: string[] } } };
    assert.deepEqual(error.properties.error.enum, Object.keys(adminErrors));
  });
});

describe('a route of the admin API', () => {
  it('cuts its answer to what is described, so that nothing sealed can leave', async () => {
    const leaky = route({
      method: 'GET',
      path: '/leaky',
      operationId: 'leak',
      summary: '',
      answer: z.object({ id: z.string() }),
      run: async () => ({ id: 'a', sealedSecret: 'b' }),
    });
    const answer = await leaky.handle(
      { params: {}, query: {}, body: undefined },
      { requestId: 'r', nowMs: 0, remote: '' },
    );
    assert.deepEqual(answer, { id: 'a' });
  });
});
