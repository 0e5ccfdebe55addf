/**
 * Links to pages of the SLS console that open with a ticket, and what an embedded page says to the page around it.
 *
 * `links` https://help.aliyun.com/zh/sls/developer-reference/console-embedding-and-sharing-new-version
 * `longer` https://www.alibabacloud.com/help/en/sls/developer-reference/console-embedding-and-sharing-new-version-to-extend-access-time
 * `look` https://help.aliyun.com/zh/sls/developer-reference/configure-the-parameters-related-to-the-console-pages-to-embed
 * `look2021` AlibabaCloudDocs/sls, "Customize the UI of embedded pages" (commit 3875c02, 2021)
 * All read on 2026-11-22.
 */

/** links, longer: the sites for tickets. The older form, with STS, has other hosts. */
export const consoleOrigins = {
  china: 'https://sls.console.aliyun.com',
  international: 'https://sls.console.alibabacloud.com',
} as const;

/** links, and look2021 for saved searches. What stands in braces is an id of the page's address, not a display name. */
export const consolePaths = {
  query: '/lognext/project/{project}/logsearch/{logstore}',
  savedSearch: '/lognext/project/{project}/savedsearch/{savedSearchId}',
  dashboard: '/lognext/project/{project}/dashboard/{dashboardId}',
} as const;

/** links: `sls_ticket` opens the page; longer: `supportRefreshToken` says that the page around it can have it renewed. */
export const consoleTicketParameters = { ticket: 'sls_ticket', refreshable: 'supportRefreshToken' } as const;

/** look: `true`, or not there. Each page also takes those of `any`. Names are case-sensitive. */
export const consoleFlags = {
  any: [
    'isShare',
    'hideTopbar',
    'hideSidebar',
    'ignoreTabLocalStorage',
    'hiddenBack',
    'hiddenChangeProject',
    'hiddenOverview',
  ],
  query: [
    'readOnly',
    'hiddenEtl',
    'hiddenShare',
    'hiddenIndexSetting',
    'hiddenSavedSearch',
    'hiddenAlert',
    'hiddenQuickAnalysis',
    'hiddenDownload',
  ],
  savedSearch: [],
  dashboard: [
    'readOnly',
    'hiddenFilter',
    'hiddenToken',
    'hiddenProject',
    'hiddenEdit',
    'hiddenReport',
    'hiddenTitleSetting',
    'hiddenReset',
  ],
} as const;

/** look: both together; `sls_iframe` has no description of its own. */
export const consoleDarkTheme = { theme: 'dark', sls_iframe: 'true' } as const;

/** look: values of `queryTimeType`. A frame is whole units: the hour from its beginning to its end. */
export const queryTimes = {
  last1Minute: 1,
  last15Minutes: 2,
  last1Hour: 3,
  last4Hours: 4,
  last1Day: 5,
  last1Week: 6,
  last30Days: 7,
  frame1Minute: 8,
  frame15Minutes: 9,
  frame1Hour: 10,
  frame4Hours: 11,
  frame1Day: 12,
  frame1Week: 13,
  frame30Days: 14,
  today: 15,
  yesterday: 16,
  dayBeforeYesterday: 17,
  thisWeek: 18,
  lastWeek: 19,
  thisMonth: 20,
  thisQuarter: 21,
  todayUntilNow: 22,
  last5Minutes: 23,
  thisYear: 24,
  thisMonthUntilNow: 25,
  lastMonth: 26,
  thisWeekUntilNow: 27,
} as const;

/**
 * look: `queryTimeType` of a range of one's own. `absolute` takes unix seconds in `startTime` and `endTime`. For the other two
 * the page says that both ends must be set, as in "start:-10m,end:now", and not in which parameters: the same two are our reading.
 */
export const ownQueryTimes = { absolute: 99, relative: -2, frame: -3 } as const;

/** look: `keyDispalyMode`, in the vendor's spelling. */
export const keyDisplayModes = ['single', 'multi'] as const;

/** look2021: `autoFresh` is a number with a unit (`30s`, `5m`), no less than this. */
export const shortestAutoFreshSeconds = 15;

/** longer: `data.type` of the page's question, with `ticket`; of the answer, with `accessToken` and the same `ticket`. */
export const refreshMessages = { question: 'refreshToken', answer: 'applyAccessToken' } as const;

/** look2021: the page tells its height in pixels under this name, for the frame around it. */
export const dashboardHeightMessage = 'dashboardHeight';

/**
 * look: scripts, links that open windows, downloads. `allow-same-origin` is ours: without it a sandboxed page has no origin that
 * the page around it could check, and no storage.
 */
export const consoleSandbox = 'allow-scripts allow-same-origin allow-popups allow-downloads';
