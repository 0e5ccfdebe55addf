/** A check finds problems, in words that say what to do; none is a pass. What a check throws is a problem, too. */

export interface Check {
  readonly name: string;
  readonly run: () => readonly string[] | Promise<readonly string[]>;
}

export async function report(checks: readonly Check[], write: (line: string) => void): Promise<boolean> {
  let passed = true;
  for (const { name, run } of checks) {
    const problems = await found(run);
    write(problems.length === 0 ? `ok    ${name}` : `FAIL  ${name}: ${problems.length} to mend`);
    for (const problem of problems) write(`      ${problem}`);
    passed &&= problems.length === 0;
  }
  return passed;
}

async function found(run: Check['run']): Promise<readonly string[]> {
  try {
    return await run();
  } catch (error) {
    return [`the check itself failed: ${error instanceof Error ? error.message : String(error)}`];
  }
}
