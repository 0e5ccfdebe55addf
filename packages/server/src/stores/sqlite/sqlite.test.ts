import { describeStore } from '../suite/suite.ts';
import { openFreshSqlite } from './fresh.sample.ts';

describeStore('the SQLite store', () => openFreshSqlite());
