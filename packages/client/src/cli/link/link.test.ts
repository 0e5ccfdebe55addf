import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consoleFlags } from '@hufu/wire/sls';
import { Command } from 'commander';
import type { Page } from './flags.ts';
import { addCommon, type LinkOptions, linkPages, linkTo } from './pages.ts';
import { ticketOf } from './ticket.ts';
import { queryTimeOf } from './time.ts';

/** The link that a command line leads to. */
async function linkOf(page: Page, ...args: string[]): Promise<URL> {
  const found = linkPages.find((one) => one.page === page);
  assert.ok(found);
  const command = addCommon(found.add(new Command()), page)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(['--project', 'website', ...args], { from: 'user' });
  return new URL(await linkTo(page, command.opts<LinkOptions>(), 'TICKET'));
}

const query = (url: URL): Record<string, string> => Object.fromEntries(url.searchParams);
const bare = { hideTopbar: 'true', hideSidebar: 'true', ignoreTabLocalStorage: 'true' };
const ticket = { sls_ticket: 'TICKET', supportRefreshToken: 'true' };

describe('a link from the command line', () => {
  it('is the documented one where nothing else is said', async () => {
    const url = await linkOf('query', '--logstore', 'access');
    assert.equal(url.origin + url.pathname, 'https://sls.console.aliyun.com/lognext/project/website/logsearch/access');
    assert.deepEqual(query(url), { ...bare, ...ticket });
  });

  it('leads to saved searches and dashboards', async () => {
    const saved = await linkOf('savedSearch', '--saved-search', 'savedsearch-1', '--name', 'mine');
    assert.equal(saved.pathname, '/lognext/project/website/savedsearch/savedsearch-1');
    assert.equal(query(saved).savedSearchName, 'mine');
    const dashboard = await linkOf(
      'dashboard',
      ...['--dashboard', 'dashboard-1', '--filter', 'level:error:x', '--filter', 'a:b', '--variable', 'host=a=b'],
      ...['--auto-fresh', '30s', '--name', 'd'],
    );
    assert.equal(dashboard.pathname, '/lognext/project/website/dashboard/dashboard-1');
    assert.deepEqual(dashboard.searchParams.getAll('filters'), ['level:error:x', 'a:b']);
    assert.equal(query(dashboard).token, '[{"key":"host","value":"a=b"}]');
    assert.deepEqual([query(dashboard).autoFresh, query(dashboard).isShare], ['30s', 'true']);
  });

  it('has every switch of the vendor, and takes back those that are set', async () => {
    const needed = {
      query: ['--logstore', 'l'],
      savedSearch: ['--saved-search', 's'],
      dashboard: ['--dashboard', 'd'],
    };
    for (const page of ['query', 'savedSearch', 'dashboard'] as const) {
      for (const name of [...consoleFlags.any, ...consoleFlags[page]]) {
        const isThere = query(await linkOf(page, ...needed[page]))[name] === 'true';
        const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        const changed = query(await linkOf(page, ...needed[page], isThere ? `--no-${option}` : `--${option}`));
        assert.equal(changed[name], isThere ? undefined : 'true', `${page} ${name}`);
      }
    }
  });

  it('takes everything else that links take', async () => {
    const url = await linkOf(
      'query',
      ...['--logstore', 'l', '--query', '* | select 1', '--key-display-mode', 'single', '--site', 'international'],
      ...[
        '--sls-region',
        'cn-hangzhou',
        '--dark',
        '--no-refreshable',
        '--tree-config',
        '{"a":1}',
        '--time',
        'last1Hour',
      ],
    );
    assert.equal(url.host, 'sls.console.alibabacloud.com');
    assert.deepEqual(query(url), {
      ...bare,
      slsRegion: 'cn-hangzhou',
      theme: 'dark',
      sls_iframe: 'true',
      queryTimeType: '3',
      treeConfig: btoa('{"a":1}'),
      treeEncode: 'base64',
      encode: 'base64',
      queryString: btoa('* | select 1'),
      keyDispalyMode: 'single',
      sls_ticket: 'TICKET',
    });
  });

  it('refuses what is none', async () => {
    await assert.rejects(linkOf('dashboard', '--dashboard', 'd', '--filter', 'x'), { code: 'usage' });
    await assert.rejects(linkOf('query', '--logstore', 'l', '--tree-config', '[]'), { code: 'usage' });
    await assert.rejects(linkOf('query', '--logstore', 'l', '--site', 'mars'), { code: 'config' });
    await assert.rejects(linkOf('dashboard', '--dashboard', 'd', '--auto-fresh', '14s'), { code: 'config' });
  });
});

describe('the time of a link', () => {
  it('is a range of the console, two instants, or two distances', () => {
    assert.deepEqual(queryTimeOf({}), {});
    assert.deepEqual(queryTimeOf({ time: 'today' }), { queryTimeType: 15 });
    assert.deepEqual(queryTimeOf({ from: '2026-01-01T00:00:00Z', to: '2026-01-01T08:00:01+08:00' }), {
      queryTimeType: 99,
      startTime: 1_767_225_600,
      endTime: 1_767_225_601,
    });
    assert.deepEqual(queryTimeOf({ from: '-10m', to: 'now' }), {
      queryTimeType: -2,
      startTime: '-10m',
      endTime: 'now',
    });
    assert.equal(queryTimeOf({ from: '-1h', to: 'now', frame: true }).queryTimeType, -3);
  });

  it('is refused where its ends do not fit together, or say no zone', () => {
    const instant = '2026-01-01T00:00:00Z';
    for (const wrong of [
      { from: '-10m' },
      { to: 'now' },
      { frame: true },
      { from: '-10m', to: instant },
      { from: instant, to: instant, frame: true },
      { from: '2026-01-01T00:00:00', to: instant },
      { from: '2026-13-01T00:00:00Z', to: instant },
      { from: '1767225600', to: '1767225601' },
    ]) {
      assert.throws(() => queryTimeOf(wrong), { code: 'usage' }, JSON.stringify(wrong));
    }
  });
});

describe('the ticket of a link', () => {
  it('says when it ends, where it does', () => {
    const ticket = `x.${btoa('{"exp":1767225600}')}.y`;
    assert.deepEqual(ticketOf({ extra: { ticket } }), { ticket, expiresAt: '2026-01-01T00:00:00Z' });
    assert.deepEqual(ticketOf({ extra: { ticket: 'opaque' } }), { ticket: 'opaque', expiresAt: null });
    assert.throws(() => ticketOf({ extra: {} }), { code: 'malformed_response' });
  });
});
