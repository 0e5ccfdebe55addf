import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { noBrowser } from './browser.ts';
import { consent, hidden, login, samples } from './page-samples.ts';
import { useStage } from './stage.ts';

const carried = Object.entries(hidden);
const contentType = 'application/x-www-form-urlencoded';

suite('the forms', { skip: noBrowser }, () => {
  const stage = useStage();
  const posted = (): unknown => stage.served.posted.at(-1);

  test('sign-in posts what was typed and what it carries, with the Enter key and without JavaScript', async () => {
    await using shown = await stage.show(login('en'), { javaScriptEnabled: false });
    const { page, complaints } = shown;
    await page.keyboard.type('lin 月 "&<>');
    await page.getByLabel('Password').fill(' pass word+%&= ');
    await page.keyboard.press('Enter');
    await page.getByText('posted').waitFor();
    const fields = [...carried, ['username', 'lin 月 "&<>'], ['password', ' pass word+%&= ']];
    assert.deepEqual(posted(), { path: '/login', contentType, fields });
    assert.deepEqual(complaints, []);
  });

  test('a sign-in that failed keeps the name, and never the password', async () => {
    await using shown = await stage.show(login('en', { problem: 'wrong', userName: '"><i>lin' }));
    assert.equal(await shown.page.getByLabel('User name').inputValue(), '"><i>lin');
    assert.equal(await shown.page.getByLabel('Password').inputValue(), '');
  });

  test('nothing is posted while a field is empty', async () => {
    await using shown = await stage.show(login('en', { userName: 'lin' }));
    const before = stage.served.posted.length;
    await shown.page.getByRole('button', { name: 'Sign in' }).click();
    assert.equal(await shown.page.locator(':invalid').last().getAttribute('id'), 'password');
    assert.equal(stage.served.posted.length, before);
  });

  for (const [button, value] of [
    ['Deny', 'deny'],
    ['Allow', 'allow'],
  ] as const) {
    test(`consent posts its decision: ${value}`, async () => {
      await using shown = await stage.show(consent('en'), { javaScriptEnabled: false });
      await shown.page.getByRole('button', { name: button }).click();
      await shown.page.getByText('posted').waitFor();
      assert.deepEqual(posted(), { path: '/consent', contentType, fields: [...carried, ['decision', value]] });
    });
  }

  test('signing out posts what it carries', async () => {
    assert.ok(samples.account);
    await using shown = await stage.show(samples.account('zh'), { javaScriptEnabled: false });
    await shown.page.getByRole('button', { name: '退出登录' }).click();
    await shown.page.getByText('posted').waitFor();
    assert.deepEqual(posted(), { path: '/logout', contentType, fields: carried });
  });
});
