import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { noBrowser } from './browser.ts';
import { focused } from './measure.ts';
import { consent, login, samples } from './page-samples.ts';
import { useStage } from './stage.ts';

interface Node {
  readonly role: string;
  readonly name: string;
  readonly description: string;
}

/** What a screen reader gets of the controls: Chromium's own tree, which computes names and descriptions (ARIA, accname). */
async function controlsOf(page: Page): Promise<Node[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes
    .map(({ role, name, description }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? ''),
      description: String(description?.value ?? ''),
    }))
    .filter(({ role }) => ['textbox', 'button', 'link'].includes(role));
}

suite('the pages without sight', { skip: noBrowser }, () => {
  const stage = useStage();

  test('a sign-in that failed: landmarks, one heading, what went wrong before what to do', async () => {
    await using shown = await stage.show(login('en', { problem: 'wrong', userName: 'lin' }));
    assert.equal(
      await shown.page.locator('body').ariaSnapshot(),
      [
        '- banner:',
        '  - paragraph: 虎符 Hufu',
        '  - paragraph: Two halves that meet',
        '- main:',
        '  - heading "Sign in" [level=1]',
        '  - paragraph: to continue to Cloud Album',
        '  - alert: This user name and password do not match.',
        '  - text: User name',
        '  - textbox "User name" [invalid]: lin',
        '  - text: Password',
        '  - textbox "Password" [invalid]',
        '  - button "Sign in"',
      ].join('\n'),
    );
  });

  test('a consent in Chinese: who asks, for what, and where it leads', async () => {
    await using shown = await stage.show(consent('zh', { scopes: ['openid', 'FILE.GET'] }));
    assert.equal(
      await shown.page.locator('main').ariaSnapshot(),
      [
        '- main:',
        '  - heading "照片打印 请求访问权限" [level=1]',
        '  - paragraph: prints.example',
        '  - paragraph: 当前登录用户：lin.yue@example.com',
        '  - paragraph: 允许后，该应用将能够：',
        '  - list "允许后，该应用将能够：":',
        '    - listitem: 确认您的身份',
        '    - listitem:',
        '      - code: FILE.GET',
        '  - paragraph: 访问位置：https://bj29.api.example',
        '  - paragraph: 授权最长保留7天，期间可以收回。',
        '  - paragraph: 请仅在了解并信任此应用时允许。',
        '  - paragraph: 无论如何选择，您都将返回 prints.example。',
        '  - button "拒绝"',
        '  - button "允许"',
      ].join('\n'),
    );
  });

  for (const [language, userName, password, signIn, wait] of [
    ['en', 'User name', 'Password', 'Sign in', 'Too many attempts. Wait 30 seconds, then try again.'],
    ['zh', '用户名', '密码', '登录', '尝试次数过多，请等待30秒钟后再试。'],
  ] as const) {
    test(`both fields are described by what went wrong, ${language}`, async () => {
      await using shown = await stage.show(login(language, { problem: 'slow_down', retryAfterSeconds: 30 }));
      assert.deepEqual(await controlsOf(shown.page), [
        { role: 'textbox', name: userName, description: wait },
        { role: 'textbox', name: password, description: wait },
        { role: 'button', name: signIn, description: '' },
      ]);
    });
  }

  test('every control of every page has a name, and every page a title and a language', async () => {
    await using shown = await stage.show(login('zh'));
    const { page } = shown;
    for (const [name, sample] of Object.entries(samples)) {
      stage.served.show(sample('zh'));
      await page.reload();
      for (const control of await controlsOf(page)) assert.notEqual(control.name, '', `${name}: ${control.role}`);
      assert.match(await page.title(), /^\p{Script=Han}.* · Hufu$/u, name);
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans', name);
    }
  });
});

suite('the pages without a mouse', { skip: noBrowser }, () => {
  const stage = useStage();

  for (const [rule, answer, first, then] of [
    ['sign-in begins at the user name', login('en'), 'username', ['password', 'Sign in']],
    ['sign-in goes on at the password', login('en', { userName: 'lin' }), 'password', ['Sign in']],
    ['consent offers to deny first', consent('en'), '', ['Deny', 'Allow']],
    ['the account has a way out', samples.account?.('en'), '', ['Sign out']],
    ['after signing out there is a way back', samples['signed-out']?.('en'), '', ['Sign in again']],
  ] as const) {
    test(`${rule}: the focus shows, and goes in the order of reading`, async () => {
      assert.ok(answer);
      await using shown = await stage.show(answer);
      const { page } = shown;
      if (first !== '') assert.equal((await page.evaluate(focused)).name, first);
      const reached: string[] = [];
      for (const _ of then) {
        await page.keyboard.press('Tab');
        const { name, outlineStyle, outlineWidthPx } = await page.evaluate(focused);
        reached.push(name);
        assert.equal(outlineStyle, 'solid', name);
        assert.ok(outlineWidthPx >= 2, name);
      }
      assert.deepEqual(reached, then);
    });
  }
});
