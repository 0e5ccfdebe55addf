/** What may be asked of a run, on the command line. */

import { parseArgs } from 'node:util';
import { type Part, parts } from './parts.ts';

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly connections: number;
  /** Grants of the memory and growth measurements. */
  readonly tickets: number;
  /** Live sessions of the growth measurement. */
  readonly sessions: number;
  readonly growthRounds: number;
  /** Fresh processes of each kind, where their start is measured. */
  readonly starts: number;
  readonly load: string | undefined;
  /** Folder on the disk to be measured; the system's folder for temporary files by default. */
  readonly data: string | undefined;
  readonly parts: ReadonlySet<Part>;
  /** Writes the tables of these parts into bench/README.md too. */
  readonly publish: boolean;
}

export const usage = `npm run bench -- [options]

  --rounds N         rounds of every target (5)
  --seconds N        length of one measurement (2)
  --warmup N         seconds of load before each measurement (1)
  --connections N    connections of the load (64)
  --tickets N        live grants of the memory and growth measurements (1000000)
  --sessions N       live sessions of the growth measurement (1000000)
  --growth-rounds N  rounds of the growth measurement (11)
  --starts N         fresh processes of each kind: the emulator, the clients (7)
  --load NAME        wrk or autocannon; wrk where it is installed
  --data DIR         folder on the disk to be measured; the system's temporary folder
  --parts LIST       of ${parts.join(', ')}; all of them
  --publish          writes the tables of these parts into bench/README.md
`;

/** `undefined` where only the usage was asked for. */
export function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { ...text, default: '5' },
      seconds: { ...text, default: '2' },
      warmup: { ...text, default: '1' },
      connections: { ...text, default: '64' },
      tickets: { ...text, default: '1000000' },
      sessions: { ...text, default: '1000000' },
      'growth-rounds': { ...text, default: '11' },
      starts: { ...text, default: '7' },
      load: text,
      data: text,
      parts: { ...text, default: parts.join(',') },
      publish: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    rounds: whole('rounds', values.rounds),
    seconds: whole('seconds', values.seconds),
    warmupSeconds: whole('warmup', values.warmup),
    connections: whole('connections', values.connections),
    tickets: whole('tickets', values.tickets),
    sessions: whole('sessions', values.sessions),
    growthRounds: whole('growth-rounds', values['growth-rounds']),
    starts: whole('starts', values.starts),
    load: values.load,
    data: values.data,
    parts: new Set(values.parts.split(',').map(partOf)),
    publish: values.publish,
  };
}

function whole(name: string, given: string): number {
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new Error(`--${name}: given ${JSON.stringify(given)}, allowed: 1 or more`);
  return Number(given);
}

function partOf(given: string): Part {
  const part = parts.find((name) => name === given);
  if (!part) throw new Error(`--parts: given ${JSON.stringify(given)}, allowed: ${parts.join(', ')}`);
  return part;
}
