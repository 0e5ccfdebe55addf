/**
 * Every option of the server: its place in the file, bounds, default and meaning.
 * The environment name follows from the place: `server.requestTimeoutMs` is `HUFU_SERVER_REQUEST_TIMEOUT_MS`.
 * docs/config.md lists the same options; `npm run check` keeps the two in step.
 */

import { z } from 'zod';
import { slsDefaults } from '../dialects/sls/options.ts';
import { login } from './login.ts';
import { oauth } from './oauth.ts';
import { choice, flag, notes, optionalText, secretText, text, whole, words } from './option.ts';
import { pds } from './pds.ts';
import { scnet } from './scnet.ts';

const day = 24 * 60 * 60;

const server = z.strictObject({
  host: text('127.0.0.1', 'Address to listen on.'),
  port: whole(8420, 0, 65_535, 'port', 'Port to listen on; 0 picks a free one.'),
  publicUrl: optionalText(
    'URL under which clients reach the server: the issuer. Default: the address that it listens on.',
  ),
  tlsCertFile: optionalText('PEM file of the certificate chain. With `server.tlsKeyFile`, the server speaks HTTPS.'),
  tlsKeyFile: optionalText('PEM file of the private key of `server.tlsCertFile`.'),
  plainHttp: choice(
    ['loopback-only', 'behind-proxy'],
    'loopback-only',
    'Whether HTTP without TLS may be served on other addresses than loopback: `behind-proxy` says that a proxy ends TLS.',
  ),
  trustProxy: flag(false, 'Takes the caller’s address from `x-forwarded-for`; only behind a proxy that sets it.'),
  requestTimeoutMs: whole(10_000, 100, 600_000, 'ms', 'Longest time from the first byte of a request to its answer.'),
  headersTimeoutMs: whole(10_000, 100, 600_000, 'ms', 'Longest time for a request’s headers to arrive.'),
  keepAliveTimeoutMs: whole(65_000, 0, 600_000, 'ms', 'How long an idle connection is kept.'),
  maxHeaderBytes: whole(16 * 1024, 4096, 1024 * 1024, 'bytes', 'Largest request line and headers together.'),
  maxConnections: whole(10_000, 1, 1_000_000, 'connections', 'Open connections; further ones are closed at once.'),
  metricsAccess: choice(['open', 'admin'], 'open', 'Who may read `/metrics`: everybody, or who has the admin token.'),
  shutdownGraceMs: whole(10_000, 0, 600_000, 'ms', 'How long a shutdown waits for requests under way.'),
});

const data = z.strictObject({
  dir: text('./data', 'Folder of the database. One process at a time opens it.'),
  masterKey: secretText('Master key (32 bytes in base64 or hex) that seals every key and secret at rest.'),
  masterKeyFile: optionalText('File that holds the master key, instead of `data.masterKey`.'),
  maxPendingWrites: whole(
    10_000,
    1,
    1_000_000,
    'operations',
    'Writes that may wait for the disk; beyond it requests are refused as busy.',
  ),
  maxBatchWrites: whole(512, 1, 10_000, 'operations', 'Writes that share one commit at most.'),
});

const admin = z.strictObject({
  token: secretText(
    'Bearer token of the admin API, at least 16 characters. Without a token the admin API refuses every call.',
  ),
  tokenFile: optionalText('File that holds the admin token, where `admin.token` is not given.'),
});

const log = z.strictObject({
  level: choice(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info', 'Least severity that is logged.'),
  requests: choice(
    ['errors', 'all', 'none'],
    'errors',
    'Which requests get a line of their own; the audit log has all of them anyway.',
  ),
});

const audit = z.strictObject({
  retentionDays: whole(365, 0, 36_500, 'days', 'How long audit events are kept; 0 for ever.'),
  renewals: flag(true, 'Whether each renewal that changes nothing is an event; its grant counts it in any case.'),
});

const purge = z.strictObject({
  intervalSeconds: whole(60, 1, day, 's', 'Time between two runs that delete what is over.'),
  graceSeconds: whole(day, 0, 365 * day, 's', 'How long an ended grant still shows in lists.'),
  sliceRows: whole(500, 1, 100_000, 'rows', 'Rows that one write deletes.'),
  maxSlices: whole(200, 1, 100_000, 'slices', 'Writes that one run may take.'),
});

const limits = z.strictObject({
  requestsPerSecondPerAccessKey: whole(0, 0, 1_000_000, '1/s', 'Requests a second of one access key; 0 for no limit.'),
  cachedAccessKeys: whole(10_000, 1, 1_000_000, 'keys', 'Access keys whose opened secrets are kept in memory.'),
  usageFlushSeconds: whole(60, 1, 3600, 's', 'Time between two writes of use counts: at most one a grant.'),
  usageMarks: whole(50_000, 1, 10_000_000, 'grants', 'Grants whose use counts may wait in memory.'),
});

const keys = z.strictObject({
  publishAheadSeconds: whole(3600, 0, 30 * day, 's', 'How long a new public key is published before it signs.'),
  refreshSeconds: whole(60, 1, day, 's', 'Time between two looks for keys that another process rotated.'),
  rememberedSignatures: whole(10_000, 0, 1_000_000, 'tokens', 'Of each key, tokens whose signature was checked once.'),
});

const month = 30 * day;
const sls = z.strictObject({
  enabled: flag(true, 'Whether the dialect is served.'),
  issuingRegions: words(slsDefaults.issuingRegions, 'Regions that create tickets.'),
  refreshRegions: words(slsDefaults.refreshRegions, 'Regions that refresh access tokens; empty for every region.'),
  clockSkewSeconds: whole(
    slsDefaults.clockSkewSeconds,
    0,
    day,
    's',
    'How far a request’s time may be from the server’s, either way.',
  ),
  ticketDefaultSeconds: whole(
    slsDefaults.ticketDefaultSeconds,
    0,
    month,
    's',
    'Life of a ticket where the caller asks for none.',
  ),
  ticketMaximumSeconds: whole(slsDefaults.ticketMaximumSeconds, 1, month, 's', 'Longest life of a ticket.'),
  accessTokenDefaultSeconds: whole(
    slsDefaults.accessTokenDefaultSeconds,
    0,
    day,
    's',
    'Life of an access token where the caller asks for none.',
  ),
  accessTokenMaximumSeconds: whole(
    slsDefaults.accessTokenMaximumSeconds,
    1,
    day,
    's',
    'Longest life of an access token.',
  ),
  overlongAccessToken: choice(
    ['clamp', 'refuse'],
    slsDefaults.overlongAccessToken,
    '`accessTokenExpirationTime` above `expirationTime`: shorten it, or refuse the call.',
  ),
  zeroLifetime: choice(
    ['literal', 'default'],
    slsDefaults.zeroLifetime,
    'A lifetime of 0: over at once, or as not given.',
  ),
  allowHmacSha1: flag(slsDefaults.allowHmacSha1, 'Accepts v1 signatures with hmac-sha1.'),
  bodyLimitBytes: whole(slsDefaults.bodyLimitBytes, 0, 64 * 1024 * 1024, 'bytes', 'Largest request body.'),
  serverHeader: text(slsDefaults.serverHeader, 'Value of the `server` answer header.'),
});

export const schema = z.strictObject({
  server: server.prefault({}),
  data: data.prefault({}),
  admin: admin.prefault({}),
  log: log.prefault({}),
  audit: audit.prefault({}),
  purge: purge.prefault({}),
  limits: limits.prefault({}),
  keys: keys.prefault({}),
  login: login.prefault({}),
  sls: sls.prefault({}),
  pds: pds.prefault({}),
  scnet: scnet.prefault({}),
  oauth: oauth.prefault({}),
});

export type Config = Readonly<z.output<typeof schema>>;

const sections = { server, data, admin, log, audit, purge, limits, keys, login, sls, pds, scnet, oauth } as const;

export interface OptionDoc {
  readonly path: string;
  readonly env: string;
  readonly default: string;
  readonly unit?: string;
  readonly secret: boolean;
  readonly description: string;
}

/** Every option, in the order of the file. */
export function configDocs(): OptionDoc[] {
  return Object.entries(sections).flatMap(([section, object]) =>
    Object.entries(object.shape).map(([name, option]) => {
      const note = notes.get(option);
      if (!note) throw new Error(`option ${section}.${name} has no note`);
      const parsed = option.safeParse(undefined);
      return {
        path: `${section}.${name}`,
        env: environmentName(section, name),
        default: parsed.success && parsed.data !== undefined ? String(parsed.data) : '',
        ...(note.unit === undefined ? {} : { unit: note.unit }),
        secret: note.secret === true,
        description: note.description,
      };
    }),
  );
}

export const environmentName = (section: string, name: string): string =>
  `HUFU_${section}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();
