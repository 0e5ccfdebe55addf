/** `hufu audit`: reads the audit log, and checks that nobody changed it. */

import { exitCodes, progress, show } from '@hufu/client/terminal';
import { type Command, InvalidArgumentError } from 'commander';
import type { AdminClient, Answer } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { type PageOptions, rowsOf, showRows, text, withPaging } from './rows.ts';

interface ListOptions extends AdminOptions, PageOptions {
  readonly from?: string;
  readonly until?: string;
  readonly type?: string;
  readonly grant?: string;
  readonly request?: string;
}

interface Head {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
}

const columns = ['at', 'type', 'tenant', 'actor', 'subject', 'grantId', 'reason', 'detail', 'requestId'] as const;

export function registerAudit(program: Command, io: Io): void {
  const audit = program.command('audit').description('the audit log: list (default), verify');

  withPaging(adminCommand(audit, 'list', 'lists events, newest first', true))
    .option('--from <instant>', 'events from then on (ISO 8601)')
    .option('--until <instant>', 'events up to then (ISO 8601)')
    .option('--type <type>', 'such as grant.issued')
    .option('--grant <id>', 'events of this grant')
    .option('--request <id>', 'events of this request')
    .action((options: ListOptions) =>
      withAdmin(io, options, async (client) => showRows(io, options.json, await list(client, options), columns)),
    );

  adminCommand(audit, 'verify', 'checks every link and hash of the log; exit code 1 where one does not hold')
    .option(
      '--head <chain:number:hash>',
      'a head that was noted earlier: shows that the end was cut off; may be repeated',
      readHead,
      [],
    )
    .action((options: AdminOptions & { head: readonly Head[] }) =>
      withAdmin(io, options, async (client) => {
        progress(io, 'checking the audit log ...');
        const answer = await client.post('/audit/verify', { heads: options.head });
        show(io, options.json, answer, () => describe(answer));
        if (answer.ok !== true) io.exitCode = exitCodes.failed;
      }),
    );
}

/** A page may be empty because the server looked at as much as it may at once; then the list goes on. */
async function list(client: AdminClient, options: ListOptions): Promise<Answer> {
  const { from, until, type, grant: grantId, request: requestId, limit } = options;
  let { after } = options;
  for (;;) {
    const answer = await client.get('/audit', { from, until, type, grantId, requestId, limit, after });
    if (rowsOf(answer).length > 0 || typeof answer.next !== 'string') return answer;
    after = answer.next;
  }
}

function describe(answer: Answer): string {
  const chains = rowsOf(answer, 'chains').flatMap((chain) => {
    const [head] = rowsOf({ head: [chain.head] }, 'head');
    const noted = head ? `${text(head, 'chain')}:${text(head, 'number')}:${text(head, 'hash')}` : '';
    return [
      `chain ${text(chain, 'chain')} holds: ${text(chain, 'blocks')} blocks, ${text(chain, 'events')} events`,
      `head ${noted}`,
    ];
  });
  const broken = rowsOf(answer, 'broken').map(
    (chain) => `chain ${text(chain, 'chain')} is broken at block ${text(chain, 'number')}: ${problemOf(chain)}`,
  );
  return [...broken, ...chains].join('\n');
}

function problemOf(chain: Answer): string {
  switch (text(chain, 'problem')) {
    case 'missing':
      return 'it is missing';
    case 'altered':
      return 'it was altered';
    case 'misdated':
      return 'its dates were altered';
    case 'head_mismatch':
      return 'the noted head is not there: the end was cut off, or the log was written anew';
    case 'head_purged':
      return 'the noted head is older than what is kept: note a newer one';
    default:
      return text(chain, 'problem');
  }
}

function readHead(given: string, before: readonly Head[]): readonly Head[] {
  const match = /^([^:]{1,64}):(\d{1,15}):([0-9a-f]{64})$/.exec(given);
  if (!match) throw new InvalidArgumentError('allowed: CHAIN:NUMBER:HASH, as verify prints it');
  const [, chain = '', number = '', hash = ''] = match;
  return [...before, { chain, number: Number(number), hash }];
}
