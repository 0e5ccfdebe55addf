/** Says on standard error what is going on, so that standard output holds the results only. */
export type Progress = (text: string) => void;

const startMs = performance.now();

export const progress: Progress = (text) => {
  const seconds = Math.round((performance.now() - startMs) / 1000);
  process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`);
};
