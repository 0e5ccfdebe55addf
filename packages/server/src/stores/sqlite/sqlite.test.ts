import { describeStore } from '../suite/suite.ts';
import { openFreshSqlite } from './fresh-sqlite.ts';

describeStore('the SQLite store', () => openFreshSqlite());
