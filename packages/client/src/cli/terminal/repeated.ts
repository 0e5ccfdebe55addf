/** An option that may stand several times on the command line: `.option('--set <x>', '…', repeated)`. */
export const repeated = (given: string, before: readonly string[] = []): readonly string[] => [...before, given];
