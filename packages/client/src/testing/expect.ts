/** Expectations of the suites, without a module of any platform: the suites run in browsers, too. */

export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [shown, wanted] = [sorted(actual), sorted(expected)];
  if (shown !== wanted) throw new Error(`${what}: expected ${wanted}, got ${shown}`);
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'undefined';
