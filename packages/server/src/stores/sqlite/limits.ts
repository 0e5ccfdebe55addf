/** Every number of the SQLite store that is not an operator's. */

/** Operations that share one commit, unless an option says otherwise. */
export const defaultBatchOperations = 512;

/** Operations that may wait for their commit, unless an option says otherwise. */
export const defaultMaxPending = 10_000;

/** Page cache of each of the two connections, unless an option says otherwise: 8 MiB. */
export const defaultCacheBytes = 8 * 1024 * 1024;

/** Grants kept in memory after a lookup, unless an option says otherwise: some 4 MiB. */
export const defaultCachedGrants = 8192;

/** One batch is on the disk's way while the next is gathered and sent, so that neither thread waits for the other. */
export const batchesInFlight = 2;

/** How long a statement waits for a lock of another connection, such as a backup's, before it gives up. */
export const busyTimeoutMs = 5000;

/** SQLite's page, as it is in every file that this store makes. */
export const pageBytes = 4096;

/**
 * Pages (8 MiB) that the write-ahead log gathers before they move to the database file. More of them make a grant
 * cheaper, and the one commit in hundreds that moves them slower.
 */
export const checkpointPages = 2000;

/** The log file is cut back to this size after a checkpoint; it is larger only while a backup reads: 16 MiB. */
export const walKeptBytes = 16 * 1024 * 1024;

/** Bounds of the writer thread's heap: a batch is small, and so is what the thread keeps. */
export const writerHeap = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 } as const;

/** A page of a list holds at least 1 row and at most this many. */
export const maxPageRows = 1000;

/** Rows that one page of a list looks at, where the filter has no index of its own (some 10 ms). */
export const maxScannedRows = 5000;

/** Audit blocks that one page looks at, most of them by their span of time only. */
export const maxScannedBlocks = 20_000;

/** Characters of audit lines that one page reads: some 4 MiB. */
export const maxScannedAuditCharacters = 4 * 1024 * 1024;
