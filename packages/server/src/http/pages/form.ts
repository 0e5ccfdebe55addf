import { type Html, html } from './escape.ts';

/** Where a form goes, and what it carries unseen: the token against forged requests, the handle of the request it belongs to. */
export interface FormTarget {
  /** A path or URL of this server. */
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

export function form({ action, hidden }: FormTarget, content: Html): Html {
  const carried = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
  );
  return html`<form method="post" action="${action}">
${carried}${content}
</form>`;
}
