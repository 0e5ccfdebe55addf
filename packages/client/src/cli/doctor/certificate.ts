/** Is the server who its name says, and for how much longer? */

import { isIP } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { errnoOf } from '../../files/errno.ts';
import { type Check, failed, ok, warning } from '../terminal/check.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Somebody should have renewed it by then. */
const soonDays = 14;

/** What Node checked, and what it said. */
export interface Presented {
  readonly certificate: Pick<PeerCertificate, 'valid_from' | 'valid_to' | 'subjectaltname' | 'issuer'>;
  /** Node's or OpenSSL's word for what is wrong; `undefined` where it is trusted. */
  readonly problem: string | undefined;
}

export function checkCertificate(host: string, port: number, timeoutMs: number): Promise<Check> {
  return new Promise((resolve) => {
    // A certificate that is not trusted has to be looked at, too. Nothing is sent over this connection.
    const socket = connect({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) });
    const end = (check: Check): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(check);
    };
    const timer = setTimeout(() => end(failed('tls', `no handshake within ${timeoutMs} ms`)), timeoutMs);
    socket.once('secureConnect', () => end(judge(host, presentedBy(socket), Date.now())));
    socket.once('error', (error) => end(failed('tls', `no handshake (${errnoOf(error) ?? 'unknown error'})`)));
  });
}

function presentedBy(socket: TLSSocket): Presented {
  // Node's types say an error; what it gives is a word or an error with one.
  const given: unknown = socket.authorizationError;
  const problem = socket.authorized ? undefined : typeof given === 'string' ? given : errnoOf(given);
  return { certificate: socket.getPeerCertificate(), problem: socket.authorized ? undefined : (problem ?? 'unknown') };
}

/** Pure: what a certificate is worth at an instant. */
export function judge(host: string, { certificate, problem }: Presented, nowMs: number): Check {
  const { valid_from, valid_to, subjectaltname = '', issuer } = certificate;
  const [fromMs, toMs] = [Date.parse(valid_from), Date.parse(valid_to)];
  const until = Number.isNaN(toMs) ? 'an unknown day' : new Date(toMs).toISOString().slice(0, 10);
  const by = [issuer?.O ?? issuer?.CN ?? 'an unknown issuer'].flat()[0];
  if (nowMs < fromMs) return failed('tls', `the certificate begins ${valid_from}: is this machine's clock right?`);
  if (nowMs > toMs) return failed('tls', `the certificate ended on ${until}: its owner has to renew it`);
  if (problem !== undefined) return failed('tls', reasonOf(problem, host, subjectaltname, by));
  const days = Math.floor((toMs - nowMs) / dayMs);
  const detail = `certificate for ${host} by ${by}, until ${until}`;
  return days < soonDays ? warning('tls', `${detail}: in ${days} days`) : ok('tls', detail);
}

function reasonOf(problem: string, host: string, names: string, by: string | undefined): string {
  switch (problem) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate is for ${names.replaceAll('DNS:', '') || 'other names'}, not for ${host}: check the endpoint, or what stands between`;
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `the certificate is signed by ${by}, whom this machine does not trust: name its root in NODE_EXTRA_CA_CERTS`;
    default:
      return `the certificate is not trusted (${problem})`;
  }
}
