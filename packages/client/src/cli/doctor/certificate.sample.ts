/** Certificates for tests: signed by themselves, for the names and days that a test wants (RFC 5280, section 4.1). */

import { generateKeyPairSync, sign } from 'node:crypto';

export interface SampleCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

export interface CertificateFacts {
  /** DNS names. */
  readonly names: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Identifier and contents, with the length in between (ITU-T X.690). */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value));

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const commonName = identifier('550403');
const subjectAltName = identifier('551d11');
const basicConstraints = identifier('551d13');

/** `YYYYMMDDHHMMSSZ`. */
const time = (ms: number): Buffer =>
  text(
    0x18,
    new Date(ms)
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
      .replace(/[-:T]/g, ''),
  );

export function sampleCertificate({ names, fromMs, untilMs }: CertificateFacts): SampleCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const self = sequence(der(0x31, sequence(commonName, text(0x0c, 'Sample'))));
  const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, der(0x04, value));
  const body = sequence(
    // Version 3.
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    self,
    sequence(time(fromMs), time(untilMs)),
    self,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        extension(subjectAltName, sequence(...names.map((name) => text(0x82, name)))),
        // Its own authority, so that it can be trusted by name.
        extension(basicConstraints, sequence(der(0x01, Buffer.from([0xff])))),
      ),
    ),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
