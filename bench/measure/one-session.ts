/** What a session leaves in the data folder when it is refreshed again and again. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sendSuccessfully } from '../requests/send.ts';
import { serveHufuSessions } from '../targets/hufu-sessions.ts';
import { installSessions } from '../targets/session-installation.ts';

export interface OneSession {
  readonly refreshes: number;
  /** Rows of grants afterwards. */
  readonly rows: number;
  /** Of the session's row as the database file holds it. */
  readonly rowBytes: number;
  /** The row's entries in the indexes of its table. */
  readonly indexBytes: number;
  /** Rows that the refreshes added to any table but the audit log's. */
  readonly otherRows: number;
  /** What the audit log keeps of one refresh. */
  readonly auditBytes: number;
}

const refreshes = 1000;

/** @param parent folder on the disk that is to be measured. */
export async function measureOneSession(parent: string | undefined): Promise<OneSession> {
  await using installation = await installSessions(parent);
  await using hufu = await serveHufuSessions(installation);
  const [opened] = await hufu.openOAuth(1);
  let token = opened?.refreshToken ?? '';
  const file = join(installation.folder, 'hufu.db');
  const before = look(file);
  for (let refresh = 0; refresh < refreshes; refresh++) {
    const { refresh_token }: { readonly refresh_token: string } = JSON.parse(
      await sendSuccessfully(hufu.url, hufu.refreshRequest(token)),
    );
    if (refresh_token === token) throw new Error('a refresh gave the same refresh token again');
    token = refresh_token;
  }
  const after = look(file);
  return {
    refreshes,
    rows: after.grants,
    rowBytes: after.grantBytes,
    indexBytes: after.indexBytes,
    otherRows: after.otherRows - before.otherRows,
    auditBytes: (after.auditBytes - before.auditBytes) / refreshes,
  };
}

/** Payloads as the pages of the file hold them (SQLite's table `dbstat`), which leaves free space out. */
function look(file: string) {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const number = (sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0]);
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name));
    const payload = (condition: string): number =>
      number(
        `SELECT coalesce(sum(payload), 0) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE ${condition})`,
      );
    const others = tables.filter((name) => name !== 'grants' && !name.startsWith('audit_'));
    return {
      grants: number('SELECT count(*) FROM grants'),
      grantBytes: payload("name = 'grants'"),
      indexBytes: payload("type = 'index' AND tbl_name = 'grants'"),
      otherRows: others.reduce((sum, name) => sum + number(`SELECT count(*) FROM "${name}"`), 0),
      auditBytes: payload("name = 'audit_blocks'"),
    };
  } finally {
    db.close();
  }
}
