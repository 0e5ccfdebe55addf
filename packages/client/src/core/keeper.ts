/** Who keeps the record of a token source, and has its refreshes made in turn. */

import type { Engine } from './engine.ts';
import type { Lock } from './lock.ts';
import type { Need } from './need.ts';
import type { Grant } from './provider.ts';
import { type RecordChange, successor } from './record.ts';
import { finish, type Result, recordOf } from './result.ts';
import type { Outcome, Run } from './run.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

/** Each write happens only where `before` still stands there; false: it does not. */
export interface Keeper {
  /** Looks at what stands there, for `Engine.record`. Missing where nobody else writes. */
  read?(): Promise<void>;
  /** Serves what stands there without asking the server. */
  ready?(): Promise<void>;
  /** Begins to hear of others. Returns what ends it. */
  watch?(): (() => void) | undefined;
  /** Ends what goes on after a token was given out; settles when it has ended. */
  end?(): Promise<void>;
  /** Has `work` done, once nobody else who shares the record does it. */
  turn(run: Run, work: () => Outcome): Outcome;
  /** Writes what has to stand there before a refresh token is sent. */
  note(record: TokenRecord, before: TokenRecord | undefined, need: Need): Promise<boolean>;
  /** Writes what others should know. Where that fails, this process knows it at least. */
  jot(record: TokenRecord, before: TokenRecord | undefined): Promise<unknown>;
  /** Keeps a new grant, and only then gives out its token. */
  persist(run: Run, result: Result): Outcome;
  /** Puts another grant in place of whatever stands there. */
  replace(change: RecordChange): Promise<TokenRecord>;
  /** Removes the record; returns the grant that it had. */
  remove(): Promise<Grant | undefined>;
}

/** Makes the keeper for a store that others write, too. */
export type Sharing = (engine: Engine, store: TokenStore, lock: Lock | undefined) => Keeper;

/** In this token source alone, which makes one refresh at a time. */
export function alone(engine: Engine): Keeper {
  const put = async (record: TokenRecord, before: TokenRecord | undefined): Promise<boolean> => {
    if (engine.record?.generation !== before?.generation) return false;
    engine.record = record;
    return true;
  };
  return {
    turn: (_, work) => work(),
    note: put,
    jot: put,
    async persist(run, result) {
      const before = engine.record;
      // Another grant was put in its place meanwhile. What was only noted beside the old one does not stop it.
      if (before?.grant !== result.previous) return undefined;
      const record = recordOf(run, { ...result, before });
      engine.record = record;
      return finish(run, result, record);
    },
    async replace(change) {
      engine.record = successor(engine, engine.record, change);
      return engine.record;
    },
    async remove() {
      const grant = engine.record?.grant;
      engine.record = undefined;
      return grant;
    },
  };
}
