/** Why a store, or a queue before something costly, does not do what it was asked. */

/** The store cannot be read or written now: nothing was decided, trying again is right. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Too many wait for the same costly thing already: nothing was decided, trying again is right. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/** A new row would take the place of an old one. */
export class AlreadyExists extends Error {
  override readonly name = 'AlreadyExists';
}

/** A new row names an owner that is not there: a tenant, or a user of one. */
export class OwnerMissing extends Error {
  override readonly name = 'OwnerMissing';
}

/** A page was asked for behind a cursor that no page of this list has named. */
export class CursorInvalid extends Error {
  override readonly name = 'CursorInvalid';
}
