import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { refusedWith } from '../core/source.sample.ts';
import { dashboardLink, queryLink, queryTimes, savedSearchLink } from './index.ts';

const ticket = 'eyJ0.eyJl.KUT_-x';
const query = { project: 'website-01', logstore: 'logstore01' };
const dashboard = { project: 'website-01', dashboardId: 'dashboard-1609817292009-742588' };
const china = 'https://sls.console.aliyun.com/lognext/project/website-01';
const bare = 'hideTopbar=true&hideSidebar=true&ignoreTabLocalStorage=true';

suite('the documented links', () => {
  test('a query with its tabs', () => {
    assert.equal(
      queryLink({ ...query, slsRegion: 'cn-hangzhou', ticket }),
      `${china}/logsearch/logstore01?slsRegion=cn-hangzhou&${bare}&sls_ticket=${ticket}`,
    );
  });

  test('a query alone', () => {
    assert.equal(
      queryLink({ ...query, isShare: true, ticket }),
      `${china}/logsearch/logstore01?isShare=true&${bare}&sls_ticket=${ticket}`,
    );
  });

  test('a dashboard that can be refreshed, at the international site', () => {
    assert.equal(
      dashboardLink({ ...dashboard, site: 'international', ticket, refreshable: true }),
      'https://sls.console.alibabacloud.com/lognext/project/website-01/dashboard/dashboard-1609817292009-742588' +
        `?isShare=true&${bare}&sls_ticket=${ticket}&supportRefreshToken=true`,
    );
  });

  test('a saved search', () => {
    assert.equal(
      savedSearchLink({
        project: 'website-01',
        savedSearchId: 'savedsearch-1621845672511-314813',
        savedSearchName: 'quick-search01',
      }),
      `${china}/savedsearch/savedsearch-1621845672511-314813?${bare}&savedSearchName=quick-search01`,
    );
  });

  test('a page of another console: a proxy, an emulator', () => {
    const link = queryLink({ ...query, site: 'http://127.0.0.1:8080/' });
    assert.equal(link, `http://127.0.0.1:8080/lognext/project/website-01/logsearch/logstore01?${bare}`);
  });
});

/** Parameters beyond the looks that every link has, as the console reads them. */
const read = (link: string): string[][] =>
  [...new URL(link).searchParams].filter(([name]) => !bare.includes(`${name}=`) && name !== 'isShare');

suite('parameters', () => {
  test("the vendor's samples of a query and of a tree, letter by letter", () => {
    const tree = { logstore: { expand: true, resourceList: ['delete-log'], template: ['savedsearch', 'alert'] } };
    assert.deepEqual(read(queryLink({ ...query, queryString: '*|select count(*)', treeConfig: tree })), [
      [
        'treeConfig',
        'eyJsb2dzdG9yZSI6eyJleHBhbmQiOnRydWUsInJlc291cmNlTGlzdCI6WyJkZWxldGUtbG9nIl0sInRlbXBsYXRlIjpbInNhdmVkc2VhcmNoIiwiYWxlcnQiXX19',
      ],
      ['treeEncode', 'base64'],
      ['encode', 'base64'],
      ['queryString', 'KnxzZWxlY3QgY291bnQoKik='],
    ]);
  });

  test('a query in any script arrives whole, and no character of Base64 is lost on the way', () => {
    const queryString = 'level: 错误 + "a/b" ???>>>';
    const read64 = new URL(queryLink({ ...query, queryString })).searchParams.get('queryString') ?? '';
    assert.equal(Buffer.from(read64, 'base64').toString(), queryString);
  });

  test('filters come one by one, variables as the JSON that is called token', () => {
    const link = dashboardLink({
      ...dashboard,
      dashboardName: 'Website Logs',
      filters: [
        { key: 'key1', value: 'value1' },
        { key: 'key2', value: 'a&b=c' },
      ],
      variables: [{ key: 'region', value: 'hangzhou' }],
      autoFresh: '5m',
    });
    assert.deepEqual(read(link), [
      ['dashboardName', 'Website Logs'],
      ['filters', 'key1:value1'],
      ['filters', 'key2:a&b=c'],
      ['token', '[{"key":"region","value":"hangzhou"}]'],
      ['autoFresh', '5m'],
    ]);
  });

  test('flags of a page are there when true, the dark theme is two parameters, false takes back a default', () => {
    const link = dashboardLink({ ...dashboard, isShare: false, hideTopbar: false, readOnly: true, theme: 'dark' });
    assert.equal(
      new URL(link).search,
      '?hideSidebar=true&ignoreTabLocalStorage=true&readOnly=true&theme=dark&sls_iframe=true',
    );
  });

  test('times: a range of the console, two instants in seconds, two texts', () => {
    assert.deepEqual(read(queryLink({ ...query, queryTimeType: queryTimes.last15Minutes })), [['queryTimeType', '2']]);
    const absolute = { queryTimeType: 99, startTime: 1547776643, endTime: 1547776731 } as const;
    assert.equal(new URL(queryLink({ ...query, ...absolute })).searchParams.get('startTime'), '1547776643');
    const relative = { queryTimeType: -2, startTime: '-10m', endTime: 'now' } as const;
    assert.equal(new URL(queryLink({ ...query, ...relative })).searchParams.get('endTime'), 'now');
  });

  test('an id cannot leave its place in the path', () => {
    const { pathname } = new URL(queryLink({ project: 'a/../b', logstore: 'c?d#e' }));
    assert.equal(pathname, '/lognext/project/a%2F..%2Fb/logsearch/c%3Fd%23e');
  });

  // The compiler knows better; callers without one do not.
  for (const [rule, options, message] of [
    ['a misspelt name', { readonly: true }, /no readonly/],
    ['a flag of another page', { hiddenFilter: true }, /no hiddenFilter/],
    ['a flag as text', { readOnly: 'true' }, /readOnly is true or false/],
    ['an empty project', { project: '' }, /project is empty/],
    ['an unset variable', { logstore: 'undefined' }, /logstore is empty/],
    ['dots for a name', { project: '..' }, /project is no id/],
    ['an empty ticket', { ticket: '' }, /ticket is empty/],
    ['a ticket that was not set', { ticket: undefined }, /ticket is empty/],
    ['refreshing without a ticket', { refreshable: true }, /refreshable needs a ticket/],
    ['an unknown site', { site: 'japan' }, /site is neither/],
    ['a site that runs script', { site: 'javascript:alert(1)' }, /site is neither/],
    ['an unknown time', { queryTimeType: 28 }, /queryTimeType is none/],
    ['milliseconds', { queryTimeType: 99, startTime: 1547776643000, endTime: 1547776731000 }, /milliseconds/],
    ['an end before its start', { queryTimeType: 99, startTime: 2, endTime: 1 }, /after endTime/],
    ['a start without a type', { startTime: 1, endTime: 2 }, /need queryTimeType/],
    ['an own time without ends', { queryTimeType: -2 }, /startTime is empty/],
    ['a mode of no page', { keyDispalyMode: 'Single' }, /keyDispalyMode/],
    ['a theme of no page', { theme: 'light' }, /theme is dark/],
  ] as const) {
    test(`refused: ${rule}`, () => {
      const make = (): string => queryLink({ ...query, ...(options as object) });
      assert.throws(make, refusedWith('config'));
      assert.throws(make, message);
    });
  }

  test('a dashboard refreshes every 15 seconds at most', () => {
    for (const autoFresh of ['15s', '1m', '300s']) dashboardLink({ ...dashboard, autoFresh });
    for (const autoFresh of ['14s', '0m', '5', 'm', '1h', '-1m']) {
      assert.throws(() => dashboardLink({ ...dashboard, autoFresh }), refusedWith('config'), autoFresh);
    }
  });

  test('no ticket is in the error of a link', () => {
    const make = (): string => queryLink({ ...query, ticket, queryTimeType: 28 as 27 });
    assert.throws(make, (error: Error) => !`${error.message}${error.stack}`.includes(ticket));
  });
});
