/**
 * `@hufu/client/embed`: pages of the SLS console in one's own: links that open with a ticket, and the answers that keep them
 * open. For browsers and servers.
 *
 * @example
 * frame.src = dashboardLink({ project, dashboardId, ticket, refreshable: true });
 * const stop = answerConsole({ frame, ticket, accessToken });
 */

export { consoleSandbox, queryTimes } from '@hufu/wire/sls';
export { type AnswerConsoleOptions, answerConsole } from './answer-console.ts';
export type { CommonOptions } from './common.ts';
export type { ConsoleSite } from './console-address.ts';
export {
  type DashboardLinkOptions,
  dashboardLink,
  type KeyAndValue,
  type QueryLinkOptions,
  queryLink,
  type SavedSearchLinkOptions,
  savedSearchLink,
} from './links.ts';
export type { FrameShape, MessageShape, WindowShape } from './message-shapes.ts';
export type { PresetQueryTime, QueryTime } from './query-time.ts';
