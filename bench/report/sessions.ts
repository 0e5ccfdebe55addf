/** What was found of sessions, for people. */

import { hundredths, micros, percent, whole } from '../figures.ts';
import { ratio } from '../measure/compare.ts';
import type { OneSession } from '../measure/one-session.ts';
import type { SessionName } from '../measure/session-contestants.ts';
import type { SessionRow, Sessions } from '../measure/sessions.ts';
import { left, right, table } from '../table.ts';
import type { SessionOperation } from '../targets/session-operations.ts';

export const sessionTables = ({ rows, one }: Sessions): string[] => [rates(rows), oneSession(one)];

function rates(rows: readonly SessionRow[]): string {
  const columns = [
    left('target'),
    right('requests/s'),
    right('p50 ms'),
    right('p99 ms'),
    right('CPU µs/request'),
    right('of its echo'),
    right('of the RSA limit'),
    right('× oidc-provider'),
    right('errors'),
  ];
  const compared = (of: SessionName, to: SessionName | undefined, write: (value: number) => string): string =>
    to === undefined ? '' : write(ratio(rows, of, to));
  return table(
    columns,
    rows.map(({ name, title, requestsPerSecond, p50Ms, p99Ms, processorMicros, errors }) => [
      title,
      whole(requestsPerSecond),
      hundredths(p50Ms),
      hundredths(p99Ms),
      micros(processorMicros),
      compared(name, floorOf(name), percent),
      compared(name, limitOf(name), percent),
      compared(name, peerOf(name), hundredths),
      whole(errors),
    ]),
  );
}

// Names are an operation and a side, or the limit.
const operationOf = (name: SessionName): SessionOperation | undefined =>
  name === 'rsa' ? undefined : (name.split(' ')[0] as SessionOperation);

function floorOf(name: SessionName): SessionName | undefined {
  const operation = operationOf(name);
  return operation && `${operation} floor`;
}

function limitOf(name: SessionName): SessionName | undefined {
  switch (operationOf(name)) {
    case 'refreshRs256':
    case 'bearerRs256':
      return name.endsWith(' floor') ? undefined : 'rsa';
    case undefined:
      return 'rsa';
    case 'refreshEs256':
    case 'clientCredentials':
    case 'introspectOpaque':
    case 'introspectJwt':
    case 'renewScnet':
    case 'loginScnet':
      return undefined;
  }
}

function peerOf(name: SessionName): SessionName | undefined {
  const operation = operationOf(name);
  switch (operation) {
    // The peer introspects opaque tokens only.
    case 'introspectJwt':
      return 'introspectOpaque peer';
    case 'renewScnet':
    case 'loginScnet':
    case undefined:
      return undefined;
    case 'refreshEs256':
    case 'clientCredentials':
    case 'introspectOpaque':
    case 'refreshRs256':
    case 'bearerRs256':
      return `${operation} peer`;
  }
}

const oneSession = ({ refreshes, rows, rowBytes, indexBytes, otherRows, auditBytes }: OneSession): string =>
  [
    `One session after ${whole(refreshes)} refreshes: ${rows} row of ${whole(rowBytes)} bytes`,
    `its entries in the table's indexes take ${whole(indexBytes)} more`,
    `other tables got ${otherRows} rows`,
    `the audit log keeps ${whole(auditBytes)} bytes of each refresh.`,
  ].join('; ');
