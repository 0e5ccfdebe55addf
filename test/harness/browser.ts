/**
 * As much of a browser as login pages need: cookies, redirects, forms, and the headers by which a server knows where a
 * request comes from. It runs no scripts, and the pages promise to need none. Requests do not go through `fetch`, which
 * sends a `sec-fetch-mode` of its own.
 */

import { type CookieJar, createCookieJar } from './cookies.ts';
import { type Answer, exchange } from './exchange.ts';
import { type Filling, fillIn } from './form.ts';
import { type Element, find, readHtml } from './html.ts';

/** Where following redirects came to an end: at a page, or at the door of another site. */
export type Visit = Page | Departure;

interface Stop {
  /** Every answer on the way, the last one included. */
  readonly trail: readonly Answer[];
  /** The last answer. */
  readonly answer: Answer;
}

export interface Page extends Stop {
  readonly kind: 'page';
  readonly url: URL;
  readonly document: ReturnType<typeof readHtml>;
}

/** A redirect that leads out of the server: to a client, as a rule. Nobody asked there. */
export interface Departure extends Stop {
  readonly kind: 'departure';
  /** As the `Location` header has it. */
  readonly location: string;
}

export interface Submission extends Filling {
  /** The page's first form by default. */
  readonly form?: Element;
  /** Origin of a page that submits in place of ours, such as `https://evil.example`. */
  readonly from?: string;
}

export interface Browser {
  readonly cookies: CookieJar;
  /** Types an address in, or follows a link of another site. */
  open(address: string, from?: string): Promise<Visit>;
  submit(page: Page, submission?: Submission): Promise<Visit>;
}

export interface BrowserOptions {
  /** Such as `zh-CN,zh;q=0.9`. Default: English. */
  readonly language?: string;
  /** The browser's clock, for the lives of cookies. Default: that of the machine. */
  readonly nowMs?: () => number;
}

interface Request {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  /** Origin of the page that makes the browser ask; `undefined` where the user typed. */
  readonly from: string | undefined;
  /** Whether that page hides itself: a browser then says `Origin: null` (Fetch standard, "append a request Origin header"). */
  readonly hidden?: boolean;
}

const longestTrail = 10;
const turnsToGet = new Set([301, 302, 303]);

export function createBrowser({ language = 'en-US,en;q=0.9', nowMs }: BrowserOptions = {}): Browser {
  const cookies = createCookieJar(nowMs);

  async function ask({ url, method, body, from, hidden = false }: Request): Promise<Answer> {
    const crossSite = from !== undefined && from !== url.origin;
    const cookie = cookies.header({ url, method, crossSite });
    const site = crossSite ? 'cross-site' : 'same-origin';
    const headers = {
      host: url.host,
      accept: 'text/html,application/xhtml+xml',
      'accept-language': language,
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'sec-fetch-site': from === undefined ? 'none' : site,
      ...(method === 'POST'
        ? { origin: from === undefined || hidden ? 'null' : from, 'content-type': 'application/x-www-form-urlencoded' }
        : {}),
      ...(cookie === undefined ? {} : { cookie }),
    };
    const answer = await exchange(url.origin, { method, target: url.pathname + url.search, headers, body });
    const set = answer.headers['set-cookie'];
    cookies.keep(url, typeof set === 'string' ? [set] : (set ?? []));
    return answer;
  }

  async function follow(first: Request): Promise<Visit> {
    const trail: Answer[] = [];
    for (let next = first; ; ) {
      const answer = await ask(next);
      trail.push(answer);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status > 399 || typeof location !== 'string') {
        return { kind: 'page', trail, answer, url: next.url, document: readHtml(answer.body) };
      }
      const target = new URL(location, next.url);
      if (target.origin !== first.url.origin) return { kind: 'departure', trail, answer, location };
      if (trail.length === longestTrail)
        throw new Error(`redirected ${longestTrail} times, last to ${target.pathname}`);
      // Whoever started the chain stays its origin: a redirect does not make a foreign request one of our own.
      next = turnsToGet.has(answer.status) ? { url: target, method: 'GET', from: next.from } : { ...next, url: target };
    }
  }

  return {
    cookies,
    open: (address, from) => follow({ url: new URL(address), method: 'GET', from }),
    async submit(page, { form = find(page.document, ['form'])[0], from = page.url.origin, ...filling } = {}) {
      if (!form) throw new Error(`${page.url.pathname} has no form`);
      const { method, action, entries } = fillIn(form, filling);
      const url = new URL(action || page.url.href, page.url);
      if (url.origin !== page.url.origin) throw new Error(`the form of ${page.url.pathname} goes to ${url.origin}`);
      const hidden = from === page.url.origin && page.answer.headers['referrer-policy'] === 'no-referrer';
      const fields = new URLSearchParams(entries).toString();
      if (method === 'POST') return follow({ url, method, body: fields, from, hidden });
      url.search = fields;
      return follow({ url, method, from });
    },
  };
}
