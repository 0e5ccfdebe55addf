/** The whole answer around what a page says: the document, its landmarks, and the headers that keep it to itself. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { contentSecurityPolicy } from './csp.ts';
import { type Html, html } from './escape.ts';
import { type Language, languageTags } from './language.ts';
import { icon, mark, relief } from './mark.ts';
import { style } from './style.ts';
import { wordsIn } from './words.ts';

export interface PageParts {
  readonly status: number;
  readonly language: Language;
  readonly title: string;
  /** What stands in `main`: a heading of the first level, then the rest. */
  readonly main: Html;
  /** Where a form of the page may lead in the end, beside this server. */
  readonly redirectUri?: string | undefined;
  /** Adds Retry-After. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Headers that send a cookie or name the request are the route's to add. */
export function page(parts: PageParts): WireAnswer {
  const { status, retryAfterSeconds } = parts;
  const headers = [
    ...['content-type', 'text/html; charset=utf-8'],
    ...['content-language', languageTags[parts.language]],
    ...['content-security-policy', contentSecurityPolicy(parts.redirectUri)],
    // For browsers that know no frame-ancestors.
    ...['x-frame-options', 'DENY'],
    ...['x-content-type-options', 'nosniff'],
    ...['referrer-policy', 'no-referrer'],
    ...['cache-control', 'no-store'],
    ...(retryAfterSeconds === undefined ? [] : ['retry-after', String(Math.max(1, Math.ceil(retryAfterSeconds)))]),
  ];
  return { status, headers, body: document(parts).toString() };
}

function document({ language, title, main }: PageParts): Html {
  return html`<!doctype html>
<html lang="${languageTags[language]}">
<head>
<meta charset="utf-8">
<title>${title} · Hufu</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<div class="tally">
<header class="bronze">
${relief}
<p class="brand">${mark}<span translate="no"><span lang="zh-Hans">虎符</span> Hufu</span></p>
<p class="motto">${wordsIn(language).motto}</p>
</header>
<main class="paper">
${main}
</main>
</div>
</body>
</html>
`;
}
