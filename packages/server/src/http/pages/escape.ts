/**
 * HTML that cannot be forgotten to be escaped: `html` takes texts and escapes them, and takes as they are only values that
 * `html` or `trusted` made. Attributes stand in double quotes.
 */

export class Html {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

export type Insertable = string | number | Html | readonly Html[];

/**
 * @example html`<p title="${title}">${name}</p>`
 */
export function html(parts: TemplateStringsArray, ...values: readonly Insertable[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(inserted)));
}

/** Takes source as it is. Only for what stands in this program's own files. */
export const trusted = (source: string): Html => new Html(source);

export const nothing = trusted('');

function inserted(value: Insertable): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value instanceof Html ? value.toString() : value.join('');
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // A parser makes a line feed of a bare one.
  '\r': '&#13;',
};

/** For text, and for attributes in quotes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'\r]/g, (found) => references[found] ?? found);
