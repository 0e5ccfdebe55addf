/** Reads a `.cpuprofile`: how long each function ran, by itself and with what it called. */

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

/** The members of the format (Chrome DevTools Protocol, `Profiler.Profile`) that are read here. */
export interface CpuProfile {
  readonly nodes: ReadonlyArray<{
    readonly id: number;
    readonly callFrame: CallFrame;
    readonly children?: readonly number[];
  }>;
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface FunctionTime {
  readonly name: string;
  readonly place: string;
  readonly selfMicros: number;
  readonly totalMicros: number;
}

interface Row {
  readonly name: string;
  readonly place: string;
  selfMicros: number;
  totalMicros: number;
}

/** In no order. */
export function functionTimes({ nodes, samples, timeDeltas }: CpuProfile): FunctionTime[] {
  const rows = new Map<string, Row>();
  const rowOf = new Map<number, Row>();
  const parentOf = new Map<number, number>();
  for (const { id, callFrame, children } of nodes) {
    const [name, place] = [callFrame.functionName || '(anonymous)', placeOf(callFrame)];
    const key = `${name} ${place}`;
    const row = rows.get(key) ?? { name, place, selfMicros: 0, totalMicros: 0 };
    rows.set(key, row);
    rowOf.set(id, row);
    for (const child of children ?? []) parentOf.set(child, id);
  }
  samples.forEach((sampled, at) => {
    const micros = timeDeltas[at] ?? 0;
    const self = rowOf.get(sampled);
    if (self) self.selfMicros += micros;
    const seen = new Set<Row>();
    for (let id: number | undefined = sampled; id !== undefined; id = parentOf.get(id)) {
      const row = rowOf.get(id);
      // A function that calls itself counts once.
      if (!row || seen.has(row)) continue;
      seen.add(row);
      row.totalMicros += micros;
    }
  });
  return [...rows.values()];
}

/** Short, and free of the machine's own paths. */
function placeOf({ url, lineNumber }: CallFrame): string {
  const file = url.replace(/^.*\/(?=packages\/|node_modules\/)/, '');
  return file === '' ? '' : `${file}:${lineNumber + 1}`;
}
