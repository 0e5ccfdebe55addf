/** The little of Markdown that the checks of the documents read. */

export interface TableRow {
  /** The heading that the table stands under, without its marks. */
  readonly heading: string;
  /** The first cell's text, of rows whose first cell is `code`. */
  readonly name: string;
  readonly cells: readonly string[];
}

/** Code blocks blanked out, so that an example is not taken for text. Lines keep their numbers. */
export const withoutCodeBlocks = (markdown: string): string =>
  markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''));

export const headings = (markdown: string): string[] =>
  [...withoutCodeBlocks(markdown).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, text = '']) => text);

/** Rows of all tables whose first cell is one word in backticks. */
export function tableRows(markdown: string): TableRow[] {
  const rows: TableRow[] = [];
  let heading = '';
  for (const line of withoutCodeBlocks(markdown).split('\n')) {
    const title = /^#{1,6} +(.+?) *#*$/.exec(line)?.[1];
    if (title !== undefined) heading = title.replaceAll('`', '');
    if (!line.startsWith('|')) continue;
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    const name = /^`([^`]+)`$/.exec(cells[0] ?? '')?.[1];
    if (name !== undefined) rows.push({ heading, name, cells });
  }
  return rows;
}

/** Targets of links and images that are relative paths, without query and fragment. */
export function relativeLinks(markdown: string): string[] {
  const text = withoutCodeBlocks(markdown).replace(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)/gm)];
  return targets
    .map(([, inline, reference]) => inline ?? reference ?? '')
    .filter((target) => !/^(?:[a-z][a-z0-9+.-]*:|#|\/)/i.test(target))
    .map((target) => decodeURI(target.replace(/[?#].*$/, '')));
}
