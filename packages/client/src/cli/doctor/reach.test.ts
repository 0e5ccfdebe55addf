import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { describe, it } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { type CertificateFacts, sampleCertificate } from './certificate.sample.ts';
import { checkCertificate, judge as judgeCertificate } from './certificate.ts';
import { checkConnection } from './connection.ts';
import { checkName } from './name.ts';
import { checkProxy } from './proxy.ts';
import { checkReach } from './reach.ts';
import { checkServerClock, judge as judgeClock } from './server-clock.ts';

const dayMs = 24 * 60 * 60 * 1000;
const patientMs = 5_000;

async function listening(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server on TCP has an address of this form.
  const { port } = server.address() as { readonly port: number };
  return { port, [Symbol.asyncDispose]: async () => void server.close() };
}

const closedPort = async (): Promise<number> => {
  await using server = await listening(createTcpServer());
  return server.port;
};

describe('the way to a server', () => {
  it('stops at the first step that does not hold', async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    const states = (await checkReach(endpoint, patientMs)).map(({ name, state }) => `${name} ${state}`);
    assert.deepEqual(states, ['dns ok', 'tcp failed']);
  });

  it('ends with the time of the server', async () => {
    await using server = await listening(createHttpServer((_request, answer) => answer.writeHead(404).end()));
    const checks = await checkReach(`http://127.0.0.1:${server.port}`, patientMs);
    assert.deepEqual(
      checks.map(({ name, state }) => `${name} ${state}`),
      ['dns ok', 'tcp ok', 'clock ok'],
    );
  });

  it('says which name leads nowhere', async () => {
    // Never to be found: RFC 6761, section 6.4. Without a name server, another reason stands there.
    const { state, detail } = await checkName('nothing.invalid');
    assert.equal(state, 'failed');
    assert.match(detail, /^nothing\.invalid: (?:there is no such name: check region|no name server answers)/);
  });

  it('says that nobody listens, and that somebody listens and says nothing', async () => {
    const port = await closedPort();
    assert.match((await checkConnection('127.0.0.1', port, patientMs)).detail, /: nobody listens there:/);
    await using silent = await listening(createTcpServer());
    assert.equal((await checkCertificate('127.0.0.1', silent.port, 20)).detail, 'no handshake within 20 ms');
    await using deaf = await listening(createTcpServer());
    const { state, detail } = await checkServerClock(`http://127.0.0.1:${deaf.port}`, 50);
    assert.equal(state, 'failed');
    assert.match(detail, /gives no answer over HTTP within 50 ms$/);
  });
});

describe('a certificate', () => {
  const nowMs = Date.UTC(2026, 10, 22);
  const certificate = {
    valid_from: new Date(nowMs - dayMs).toUTCString(),
    valid_to: new Date(nowMs + 14 * dayMs).toUTCString(),
    subjectaltname: 'DNS:a.example, DNS:b.example',
    issuer: { O: 'Sample CA' },
  } as never;
  const judge = (atMs: number, problem?: string) => judgeCertificate('a.example', { certificate, problem }, atMs);

  it('is good from its first second to its last, and ends soon in its last two weeks', () => {
    assert.equal(judge(nowMs).state, 'ok');
    assert.equal(judge(nowMs + 1).state, 'warning');
    assert.equal(judge(nowMs - dayMs).state, 'ok');
    assert.match(judge(nowMs - dayMs - 1).detail, /^the certificate begins .*: is this machine's clock right\?$/);
    assert.equal(judge(nowMs + 14 * dayMs).state, 'warning');
    assert.match(judge(nowMs + 14 * dayMs + 1).detail, /^the certificate ended on 2026-12-06/);
  });

  it('that is not trusted says why, and what to do', () => {
    assert.match(
      judge(nowMs, 'ERR_TLS_CERT_ALTNAME_INVALID').detail,
      /is for a\.example, b\.example, not for a\.example/,
    );
    assert.match(
      judge(nowMs, 'DEPTH_ZERO_SELF_SIGNED_CERT').detail,
      /signed by Sample CA, whom .* NODE_EXTRA_CA_CERTS$/,
    );
    assert.match(judge(nowMs, 'CERT_REVOKED').detail, /not trusted \(CERT_REVOKED\)$/);
  });

  const served = async (facts: Partial<CertificateFacts> = {}) => {
    const { cert, key } = sampleCertificate({
      names: ['localhost'],
      fromMs: Date.now() - dayMs,
      untilMs: Date.now() + 90 * dayMs,
      ...facts,
    });
    const server = createTlsServer({ cert, key }, (socket) => socket.on('error', () => {}));
    server.on('tlsClientError', () => {});
    return listening(server);
  };

  it('is looked at where a server shows it, also where it is not trusted', async () => {
    await using self = await served();
    assert.match(
      (await checkCertificate('127.0.0.1', self.port, patientMs)).detail,
      /signed by Sample, whom this machine/,
    );
    await using over = await served({ untilMs: Date.now() - 1000 });
    assert.match((await checkCertificate('127.0.0.1', over.port, patientMs)).detail, /^the certificate ended on/);
    await using plain = await listening(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    assert.match((await checkCertificate('127.0.0.1', plain.port, patientMs)).detail, /^no handshake \(/);
  });
});

describe("the server's clock", () => {
  const nowMs = Date.UTC(2026, 10, 22, 9, 0, 0, 500);
  const dated = (offsetMs: number) => judgeClock(new Date(nowMs + offsetMs).toUTCString(), 0, nowMs);

  it('may differ by what the network and the header take', () => {
    assert.equal(dated(0).state, 'ok');
    assert.equal(dated(5_000).state, 'ok');
    assert.equal(dated(6_000).state, 'warning');
    assert.equal(dated(-5_000).state, 'ok');
    assert.equal(dated(-6_000).state, 'warning');
  });

  it('says who is behind, and by how much', () => {
    assert.match(dated(119_000).detail, /^this machine is 119 s behind the server/);
    assert.match(dated(-300_000).detail, /^this machine is 5 min ahead of the server/);
    assert.match(dated(3 * 3_600_000).detail, /^this machine is 3 h behind the server/);
    assert.equal(judgeClock(null, 0, nowMs).state, 'skipped');
    assert.equal(judgeClock('yesterday', 0, nowMs).state, 'skipped');
  });
});

describe('a proxy', () => {
  it('that is set and not used is worth a word', () => {
    assert.deepEqual(checkProxy({}), []);
    assert.equal(checkProxy({ https_proxy: 'http://p' })[0]?.state, 'warning');
    assert.equal(checkProxy({ HTTPS_PROXY: 'http://p', NODE_USE_ENV_PROXY: '1' })[0]?.state, 'ok');
  });
});
