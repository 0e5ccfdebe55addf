import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillIn, submitButtons } from './form.ts';
import { attribute, type Element, find, readHtml, textOf } from './html.ts';

function formOf(html: string): Element {
  const [form] = find(readHtml(html), ['form']);
  assert.ok(form);
  return form;
}
const entriesOf = (html: string, fields: Record<string, string> = {}) => fillIn(formOf(html), { fields }).entries;

describe('a page', () => {
  it('is read as a browser reads it', () => {
    const page = readHtml('<title>&lt;script&gt;</title><p title="a&quot;b">one<option>two<p>three<!-- <p>no</p> -->');
    assert.deepEqual(find(page, ['title']).map(textOf), ['<script>']);
    assert.deepEqual(find(page, ['script']), []);
    assert.deepEqual(find(page, ['p']).map(textOf), ['onetwo', 'three']);
    assert.equal(find(page, ['p'], { title: 'a"b' }).length, 1);
    assert.equal(find(page, undefined, { title: 'a"b' }).length, 1);
  });
});

describe('a form', () => {
  it('sends its controls in order, hidden ones too, and no nameless or disabled ones', () => {
    const html = `<form><input type=hidden name=csrf value="a&amp;b"><input name=user><textarea name=t>
 x</textarea><input value=nameless><input name=off value=1 disabled><input type=file name=f></form><input name=out>`;
    assert.deepEqual(entriesOf(html, { user: '用户' }), [
      ['csrf', 'a&b'],
      ['user', '用户'],
      ['t', ' x'],
    ]);
  });

  it('sends a box and a choice where they are chosen', () => {
    const html = `<form><input type=checkbox name=a checked><input type=checkbox name=b value=2>
      <input type=radio name=c value=1><input type=radio name=c value=2 checked>
      <select name=d><option value=1><option value=2 selected></select><select name=e><option>x</select></form>`;
    const chosen = { a: 'on', c: '2', d: '2', e: 'x' };
    assert.deepEqual(Object.fromEntries(entriesOf(html)), chosen);
    assert.deepEqual(Object.fromEntries(entriesOf(html, { b: '2', c: '1' })), { ...chosen, b: '2', c: '1' });
    assert.equal(entriesOf(html, { c: '1' }).filter(([name]) => name === 'c').length, 1);
  });

  it('sends the button that was pressed, which may send it elsewhere', () => {
    const form = formOf(`<form action="/a"><button type=button name=x value=0></button>
      <button name=decision value=allow></button>
      <button name=decision value=deny formaction="/b" formmethod=post></button><input type=submit name=z value=1></form>`);
    const buttons = submitButtons(form);
    assert.deepEqual(
      buttons.map((button) => attribute(button, 'value')),
      ['allow', 'deny', '1'],
    );
    assert.deepEqual(fillIn(form, {}), { method: 'GET', action: '/a', entries: [['decision', 'allow']] });
    const denied = { method: 'POST', action: '/b', entries: [['decision', 'deny']] };
    assert.deepEqual(fillIn(form, { button: buttons[1] }), denied);
  });

  it('has no control that a test made up', () => {
    assert.throws(() => entriesOf('<form><input name=a></form>', { a: '', b: '', c: '' }), /no control called b, c$/);
  });
});
