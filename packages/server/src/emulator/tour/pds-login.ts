/** The way of a browser from an application's authorization request to a one-time code, through the login pages. */

import { paths } from '@hufu/wire/pds';
import { filledIn, formOf, withCookies } from './browser.ts';
import { check, type Form, header, headerOf, status } from './checks.ts';
import type { Check, Scene, Step, TourAnswer } from './step.ts';

type App = 'webServerApp' | 'nativeApp';

export interface Login {
  readonly app: App;
  /** As the titles name it. */
  readonly called: string;
  /** Instant at which it begins, where the clock is to be moved. */
  readonly clock?: string;
  /** Parameters beside those of every authorization request. */
  readonly more?: Readonly<Record<string, string>>;
}

const document = 'Authorize, API reference';
/** With what has to be encoded on the way. */
const state = 'page 3 +/?&=';

export const codeOf = (app: App): string => `${app}: code`;
const cookiesOf = (app: App): string => `${app}: cookies`;
const wayOf = (app: App): string => `${app}: way on`;

/** Where an application sends the browser, which brings its cookies. */
export const authorization =
  ({ app, more = {} }: Pick<Login, 'app' | 'more'>) =>
  ({ description, recall }: Scene) => {
    const { clientId, redirectUri } = description.pds[app];
    const asked = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', login_type: 'default' };
    const query = new URLSearchParams({ ...asked, scope: 'all', state, ...more });
    return { method: 'GET', target: `${paths.authorize}?${query}`, headers: cookie(recall(cookiesOf(app))) } as const;
  };

const cookie = (cookies: string): Record<string, string> => (cookies === '' ? {} : { cookie: cookies });

const addressOf = (answer: TourAnswer): URL | null => URL.parse(headerOf(answer, 'location') ?? '');

/** The browser is sent to the application with a code and the state that it came with. */
export function sentBack(answer: TourAnswer, { description }: Scene, app: App): Check[] {
  const address = addressOf(answer);
  const parameters = [...(address?.searchParams.keys() ?? [])].join(', ');
  const place = address === null ? 'nowhere' : address.origin + address.pathname;
  const { redirectUri } = description.pds[app];
  return [
    status(answer, 303),
    check(`back at ${redirectUri}`, place === redirectUri, place),
    check('a code and the state, nothing else', parameters === 'code, state', parameters),
    check('the state unchanged', address?.searchParams.get('state') === state, 'another'),
  ];
}

export const keepCode = (app: App) => (answer: TourAnswer) => ({
  [codeOf(app)]: addressOf(answer)?.searchParams.get('code') ?? '',
});

const html: Form = { says: 'HTML', form: /^text\/html\b/ };
const onward: Form = { says: 'back to where the browser was', form: /^\/login\?handle=[\w-]+$/ };

/** @returns the three steps of somebody who is not signed in. */
export function logIn({ app, called, clock, more = {} }: Login): readonly Step[] {
  const keepCookies = (answer: TourAnswer, { recall }: Scene) => ({
    [cookiesOf(app)]: withCookies(recall(cookiesOf(app)), answer),
  });
  return [
    {
      title: `The ${called} sends the browser to log in`,
      document,
      promise: 'A one-time code begins with a page where the user logs in.',
      ...(clock === undefined ? {} : { clock }),
      request: authorization({ app, more }),
      check: (answer) => [status(answer, 200), header(answer, 'content-type', html), ...asksForPassword(answer)],
      keep: (answer, scene) => ({ ...keepCookies(answer, scene), [wayOf(app)]: answer.body }),
    },
    {
      title: `The user of the ${called} logs in`,
      document,
      promise: 'The user proves who it is to the page, and to no application.',
      request: ({ description, recall }) => {
        const form = formOf({ body: recall(wayOf(app)) }) ?? { action: '/login', controls: [] };
        const { userName, password } = description.pds.user;
        return {
          method: 'POST',
          target: form.action,
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...cookie(recall(cookiesOf(app))) },
          body: filledIn(form, { username: userName, 'current-password': password }),
        };
      },
      check: (answer) => [status(answer, 303), header(answer, 'location', onward)],
      keep: (answer, scene) => ({
        ...keepCookies(answer, scene),
        [wayOf(app)]: headerOf(answer, 'location') ?? '/login',
      }),
    },
    {
      title: `The browser brings the ${called} its code`,
      document,
      promise: 'The browser is redirected to the callback address with a code, and with the state as it came.',
      request: ({ recall }) => ({ method: 'GET', target: recall(wayOf(app)), headers: cookie(recall(cookiesOf(app))) }),
      check: (answer, scene) => sentBack(answer, scene, app),
      keep: keepCode(app),
    },
  ];
}

function asksForPassword(answer: TourAnswer): Check[] {
  const purposes = formOf(answer)?.controls.map(({ autocomplete }) => autocomplete) ?? [];
  return ['username', 'current-password'].map((purpose) =>
    check(`a field for the ${purpose}`, purposes.includes(purpose), 'none'),
  );
}
