/**
 * The page around an embedded console page: hears it ask for an access token, has one made, and hands it over. To that frame
 * and that origin alone, where the vendor's sample listens to every window and answers to any.
 */

import { dashboardHeightMessage, refreshMessages } from '@hufu/wire/sls';
import { TokenError } from '../core/errors.ts';
import { refuse } from '../core/given.ts';
import type { Signal } from '../core/types.ts';
import type { FrameShape, MessageShape, WindowShape } from './message-shapes.ts';

export interface AnswerConsoleOptions {
  /** The frame that shows the link. */
  readonly frame: FrameShape;
  /**
   * Gets an access token for the page's ticket: asks a server of one's own, which calls `refreshToken` with it, and should do so
   * only for tickets that it gave to this reader. `signal` ends when the bridge does.
   */
  readonly accessToken: (ticket: string, signal: Signal) => Promise<string>;
  /** Answers for this ticket, and for no other. Default: for whichever the page names. */
  readonly ticket?: string | undefined;
  /** Origin of the console. Default: that of the frame's `src`. */
  readonly origin?: string | undefined;
  /** A question was left without an answer. Default: nobody hears of it. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** A dashboard says how high it is, in pixels. */
  readonly onHeight?: ((pixels: number) => void) | undefined;
  /** Default: the window that this runs in. */
  readonly window?: WindowShape | undefined;
}

declare const window: WindowShape;

/**
 * Answers until what it returns is called. Throws `TokenError` with `config` where the frame has no origin to check.
 *
 * @example const stop = answerConsole({ frame, accessToken: (ticket) => fetchText('/sls-access-token', { ticket }) });
 */
export function answerConsole(options: AnswerConsoleOptions): () => void {
  const { frame, accessToken, onHeight } = options;
  const page = options.window ?? window;
  const origin = originOf(frame, options.origin);
  const closing = new AbortController();
  const underWay = new Map<string, Promise<string>>();

  /** A page that asks again while it waits causes no second request. */
  function tokenFor(ticket: string): Promise<string> {
    const before = underWay.get(ticket);
    if (before) return before;
    const token = Promise.resolve(accessToken(ticket, closing.signal)).finally(() => underWay.delete(ticket));
    underWay.set(ticket, token);
    return token;
  }

  async function answer(asker: NonNullable<FrameShape['contentWindow']>, ticket: unknown): Promise<void> {
    if (typeof ticket !== 'string' || ticket === '') throw failed('the page names no ticket');
    if (options.ticket !== undefined && ticket !== options.ticket) throw failed('the page names another ticket');
    const token = await tokenFor(ticket);
    if (typeof token !== 'string' || token === '') throw failed('accessToken gave no text');
    if (closing.signal.aborted) return;
    asker.postMessage({ type: refreshMessages.answer, accessToken: token, ticket }, origin);
  }

  function hear({ data, origin: from, source }: MessageShape): void {
    const asker = frame.contentWindow;
    if (from !== origin || asker === null || source !== asker || typeof data !== 'object' || data === null) return;
    if ('type' in data && data.type === refreshMessages.question) {
      answer(asker, 'ticket' in data ? data.ticket : undefined).catch((error: unknown) => {
        if (!closing.signal.aborted) options.onError?.(error);
      });
      return;
    }
    const height = dashboardHeightMessage in data ? data[dashboardHeightMessage] : undefined;
    if (typeof height === 'number' && height >= 0 && Number.isFinite(height)) onHeight?.(height);
  }

  page.addEventListener('message', hear);
  return () => {
    page.removeEventListener('message', hear);
    closing.abort();
  };
}

function originOf(frame: FrameShape, given: string | undefined): string {
  if (frame.hasAttribute('sandbox') && !frame.sandbox.contains('allow-same-origin')) {
    refuse('the frame is sandboxed without allow-same-origin: its page has no origin to check (see consoleSandbox)');
  }
  try {
    const { origin, protocol } = new URL(given ?? frame.src);
    if (protocol === 'https:' || protocol === 'http:') return origin;
  } catch {
    // Said below.
  }
  return refuse("the frame's src is no link yet: set it first, or give the console's origin");
}

const failed = (message: string): TokenError =>
  new TokenError({ code: 'malformed_response', message: `answerConsole: ${message}` });
