/** A program for tests: opens the store of a folder, keeps it busy, and tells of every grant that was answered. */

import { grantAt, issued, startMs } from '../suite/samples.ts';
import { openSqliteStore } from './open.ts';

const [path = ''] = process.argv.slice(2);
const store = await openSqliteStore({ path });
process.stdout.write('open\n');

let ms = 0;
async function keepIssuing(): Promise<never> {
  for (;;) {
    const grant = grantAt(startMs + ms++);
    await store.createGrant(grant, issued(grant));
    process.stdout.write(`${grant.id}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, keepIssuing));
