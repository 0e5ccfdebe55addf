import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request, type ServerResponse } from 'node:http';
import { suite, type TestContext, test } from 'node:test';
import { type Door, hangDoor } from './door.ts';

const reset = '/admin/v1/dev/reset';

async function built(t: TestContext) {
  const server = createServer();
  const door = hangDoor(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const arrived: string[] = [];
  server.on('request', ({ url }) => arrived.push(String(url)));

  /** The status of its answer, and the port that it was sent from. */
  async function ask(path: string, over = agent): Promise<{ status: number | undefined; port: number | undefined }> {
    const port = typeof address === 'object' ? address?.port : undefined;
    const asked = request({ host: '127.0.0.1', port, path, agent: over }).end();
    const [response] = await once(asked, 'response');
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode, port: response.socket?.localPort ?? asked.socket?.localPort };
  }
  const comes = async (count: number): Promise<void> => {
    while (arrived.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { door, ask, comes };
}

const answering = (status: number) => (_request: unknown, response: ServerResponse) => {
  response.writeHead(status).end();
};

/** Answers when it is told to. */
function holding(door: Door) {
  const held: ServerResponse[] = [];
  door.open((_request, response) => held.push(response));
  return held;
}

suite('a door', () => {
  test('keeps requests waiting until it is opened, and then lets them in', async (t) => {
    const { door, ask, comes } = await built(t);
    const early = ask('/early', new Agent());
    await comes(1);
    door.open(answering(201));
    assert.equal((await early).status, 201);
    assert.equal((await ask('/later')).status, 201);
  });

  test('shuts when everybody inside has left; who comes meanwhile is served by the next', async (t) => {
    const { door, ask, comes } = await built(t);
    const held = holding(door);
    const inside = ask('/inside', new Agent());
    await comes(1);
    let isShut = false;
    const shutting = door.shut(60_000).then(() => {
      isShut = true;
    });
    const waiting = ask('/waiting', new Agent());
    await comes(2);
    assert.equal(isShut, false);
    held[0]?.writeHead(201).end();
    await shutting;
    assert.equal((await inside).status, 201);
    door.open(answering(202));
    assert.equal((await waiting).status, 202);
  });

  test('keeps connections open through the change', async (t) => {
    const { door, ask } = await built(t);
    door.open(answering(201));
    const before = await ask('/before');
    await door.shut(0);
    door.open(answering(202));
    const after = await ask('/after');
    assert.equal(after.status, 202);
    assert.equal(after.port, before.port);
  });

  test('does not wait for the request that asks for the change', async (t) => {
    const { door, ask, comes } = await built(t);
    const held = holding(door);
    const asking = ask(reset, new Agent());
    await comes(1);
    await door.shut(60_000);
    held[0]?.writeHead(200).end();
    assert.equal((await asking).status, 200);
  });

  test('cuts off who does not leave in time', async (t) => {
    const { door, ask, comes } = await built(t);
    holding(door);
    const inside = assert.rejects(ask('/inside', new Agent()), { code: 'ECONNRESET' });
    await comes(1);
    await door.shut(1);
    await inside;
  });

  test('that is walled up sends everybody away', async (t) => {
    const { door, ask, comes } = await built(t);
    const waiting = assert.rejects(ask('/waiting', new Agent()), { code: 'ECONNRESET' });
    await comes(1);
    door.wallUp();
    await waiting;
    await assert.rejects(ask('/later', new Agent()), { code: 'ECONNRESET' });
  });
});
