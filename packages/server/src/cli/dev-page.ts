/**
 * What `hufu dev` shows a person: calls that work when they are pasted, as they stand.
 * No wider than 100 columns, but for what goes into a browser; a test runs what it prints.
 */

import { apiVersion, operations } from '@hufu/wire/sls';
import type { Description } from '../emulator/description.ts';
import { signSls } from '../emulator/sign-sls.ts';
import { oauthLogin, oauthMachine } from './dev-page-oauth.ts';
import { pdsAssertion, pdsLogin } from './dev-page-pds.ts';
import { scnetCalls } from './dev-page-scnet.ts';

export interface PageFacts {
  readonly description: Description;
  /** By the emulator's clock. */
  readonly nowMs: number;
  readonly isFrozen: boolean;
  /** Whether the data folder outlives the emulator. */
  readonly isKept: boolean;
}

/** @param heading sets a heading off from what can be pasted. */
export function devPage(facts: PageFacts, heading: (text: string) => string): string {
  const { description, isFrozen } = facts;
  const { pds, oauth } = description;
  const signedFor = isFrozen ? 'for the time at which the clock stands' : 'for the next 15 minutes';
  const sections: ReadonlyArray<readonly [title: string, lines: readonly string[]]> = [
    [`SLS: create a ticket; this call is signed ${signedFor}:`, signedCall(facts)],
    [
      'SLS: sign your own calls (bash or zsh, with openssl), refresh, and ask what a ticket is:',
      shellSigner(description),
    ],
    ['With the official SDK, npm install @alicloud/sls20201230 @alicloud/openapi-core:', sdk(description)],
    ['PDS: sign an assertion for the demo user, get a session, refresh it:', pdsAssertion(description)],
    [loginTitle('PDS', pds.user), pdsLogin(description)],
    ['SCNet: log in by password and by AK/SK, renew a token:', scnetCalls(description)],
    ['OAuth 2.1: a token for a machine:', oauthMachine(description)],
    [loginTitle('OAuth 2.1', oauth.user), oauthLogin(description)],
    ['See what arrived, move the clock, lose the next answer:', adminCalls(description)],
  ];
  const text = sections.map(([title, lines]) => [heading(title), ...lines.map((line) => `  ${line}`)].join('\n'));
  return [...opening(facts, heading), ...text, closing].join('\n\n');
}

function opening({ description, nowMs, isFrozen, isKept }: PageFacts, heading: (text: string) => string): string[] {
  const clock = isFrozen ? `The clock stands at ${new Date(nowMs).toISOString()}. ` : '';
  const data = isKept ? `Data in ${description.dataDir}.` : 'Data are gone when it ends; --data DIR keeps them.';
  return [
    `${heading(`虎符 hufu ${description.version} emulates on ${description.url}`)}\n${clock}${data} Ctrl+C ends it.`,
  ];
}

/** Nothing listens where the browser is sent to: the code stands in its address bar. */
const loginTitle = (system: string, { userName, password }: Description['oauth']['user']): string =>
  `${system}: log in as ${userName} with ${password}, then exchange the code of the address bar:`;

const closing = 'hufu dev --json tells all of this to a program, with temporary credentials and a user who is denied.';

/** Curl leaves out nothing that must be signed; the body's size need not be said where there is no body. */
function signedCall({ description: { url, sls }, nowMs }: PageFacts): string[] {
  const { path } = operations.createTicket;
  const { headers } = signSls(sls, { path, host: sls.endpoint, atMs: nowMs, isBare: true });
  return [
    `curl -sX POST ${url}${path} -H 'date: ${headers.date}' \\`,
    `  -H 'x-log-apiversion: ${apiVersion}' -H 'x-log-signaturemethod: hmac-sha256' \\`,
    `  -H 'authorization: ${headers.authorization}'`,
  ];
}

function shellSigner({ url, sls, oauth }: Description): string[] {
  const { clientId, clientSecret } = oauth.resourceServer;
  const text = `POST\\n\\n\\n%s\\nx-log-apiversion:${apiVersion}\\nx-log-signaturemethod:hmac-sha256\\n%s`;
  return [
    `id=${sls.accessKeyId} secret=${sls.accessKeySecret}`,
    `f='${text}'`,
    `sls() { d=$(LC_ALL=C date -u '+%a, %d %b %Y %T GMT')`,
    `  s=$(printf "$f" "$d" "$1" | openssl dgst -sha256 -hmac "$secret" -binary | base64)`,
    `  curl -sX POST "${url}$1" -H "date: $d" -H 'x-log-apiversion: ${apiVersion}' \\`,
    `    -H 'x-log-signaturemethod: hmac-sha256' -H "authorization: LOG $id:$s"; echo; }`,
    `ticket=$(sls ${operations.createTicket.path} | cut -d '"' -f 4); echo "$ticket"`,
    `sls "${operations.refreshToken.path}?accessTokenExpirationTime=600&ticket=$ticket"`,
    `curl -s ${url}/oauth2/introspect -d "token=$ticket" \\`,
    `  -u ${clientId}:${clientSecret}`,
  ];
}

/** The package is CommonJS: what it calls its default export arrives one level deeper. */
const sdk = ({ sls }: Description): string[] => [
  `import { $OpenApiUtil } from '@alicloud/openapi-core';`,
  `import sls from '@alicloud/sls20201230';`,
  `const client = new sls.default(new $OpenApiUtil.Config({`,
  `  endpoint: '${sls.endpoint}', protocol: 'http', accessKeyId: '${sls.accessKeyId}',`,
  `  accessKeySecret: '${sls.accessKeySecret}',`,
  `}));`,
  `const { body } = await client.createTicket(new sls.CreateTicketRequest({ expirationTime: 3600 }));`,
  `const answer = await client.refreshToken(new sls.RefreshTokenRequest({ ticket: body.ticket }));`,
  `console.log(body.ticket, answer.body.accessToken);`,
];

const adminCalls = ({ url, admin }: Description): string[] => [
  `dev=${url}/admin/v1/dev json='content-type: application/json'`,
  `admin='authorization: Bearer ${admin.token}'`,
  `curl -s -H "$admin" $dev/requests`,
  `curl -s -H "$admin" -H "$json" $dev/clock -d '{"advanceSeconds":86400}'`,
  `curl -s -H "$admin" -H "$json" $dev/faults \\`,
  `  -d '{"path":"/tickets","when":"after-commit","do":"drop","times":1}'`,
];
