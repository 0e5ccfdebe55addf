/** Pages as a browser's parser reads them (parse5 follows the HTML standard), so that markup and text are told apart as there. */

import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

export const readHtml = (text: string): Parent => parse(text);

/** Attribute of an element; empty where it has no value, `undefined` where it is not there. */
export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value;

/**
 * Elements inside `parent`, in the order of the page.
 * @param tags names that count, such as `['input', 'select']`; all of them by default.
 * @param having attributes with their values.
 */
export function find(
  parent: Parent,
  tags?: readonly string[],
  having: Readonly<Record<string, string>> = {},
): Element[] {
  const found: Element[] = [];
  for (const node of parent.childNodes) {
    if (!defaultTreeAdapter.isElementNode(node)) continue;
    const fits = tags === undefined || tags.includes(node.tagName);
    if (fits && Object.entries(having).every(([name, value]) => attribute(node, name) === value)) found.push(node);
    found.push(...find(node, tags, having));
  }
  return found;
}

/** Text inside of an element, as it stands in the page. */
export function textOf(parent: Parent): string {
  return parent.childNodes
    .map((node) => {
      if (defaultTreeAdapter.isTextNode(node)) return node.value;
      return defaultTreeAdapter.isElementNode(node) ? textOf(node) : '';
    })
    .join('');
}
