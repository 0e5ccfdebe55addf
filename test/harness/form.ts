/** What a browser sends for a form: its successful controls, in the order of the page (HTML standard, "form submission"). */

import { attribute, type Element, find, textOf } from './html.ts';

export interface Filling {
  /** Values by the names of their controls. A name that the form does not have is a mistake of the test, and throws. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The button that is pressed. Default: the first one that submits, as with the enter key. */
  readonly button?: Element | undefined;
}

export interface Filled {
  readonly method: 'GET' | 'POST';
  /** Where it goes; empty for the page's own address. */
  readonly action: string;
  readonly entries: [name: string, value: string][];
}

/** Types of `input` that are never sent by themselves. */
const silent = new Set(['submit', 'button', 'image', 'reset', 'file']);

export const submitButtons = (form: Element): Element[] =>
  find(form, ['button', 'input']).filter((control) => {
    const type = attribute(control, 'type')?.toLowerCase();
    return control.tagName === 'button' ? type !== 'button' && type !== 'reset' : type === 'submit';
  });

export function fillIn(form: Element, { fields = {}, button = submitButtons(form)[0] }: Filling): Filled {
  const own = (name: string): string => (button && attribute(button, `form${name}`)) ?? attribute(form, name) ?? '';
  return {
    method: own('method').toLowerCase() === 'post' ? 'POST' : 'GET',
    action: own('action'),
    entries: entriesOf(form, fields, button),
  };
}

function entriesOf(
  form: Element,
  fields: Readonly<Record<string, string>>,
  button: Element | undefined,
): [string, string][] {
  const unused = new Set(Object.keys(fields));
  const entries: [string, string][] = [];
  for (const control of find(form, ['input', 'select', 'textarea', 'button'])) {
    const name = attribute(control, 'name');
    if (!name || attribute(control, 'disabled') !== undefined) continue;
    if (control === button) entries.push([name, attribute(control, 'value') ?? '']);
    if (control.tagName === 'button' || silent.has(attribute(control, 'type')?.toLowerCase() ?? '')) continue;
    const value = spokenBy(control, fields[name]);
    unused.delete(name);
    if (value !== undefined) entries.push([name, value]);
  }
  if (unused.size > 0) throw new Error(`the form has no control called ${[...unused].join(', ')}`);
  return entries;
}

/** `undefined` where the control says nothing: an empty box, a button of a group that is not the one. */
function spokenBy(control: Element, filled: string | undefined): string | undefined {
  const own = attribute(control, 'value');
  if (control.tagName === 'textarea') return filled ?? textOf(control);
  if (control.tagName === 'select') {
    const options = find(control, ['option']);
    const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
    return filled ?? (chosen && (attribute(chosen, 'value') ?? textOf(chosen)));
  }
  const type = attribute(control, 'type')?.toLowerCase();
  if (type === 'checkbox' || type === 'radio') {
    const value = own ?? 'on';
    const isChosen = filled === undefined ? attribute(control, 'checked') !== undefined : filled === value;
    return isChosen ? value : undefined;
  }
  return filled ?? own ?? '';
}
