import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type LoginModel, loginPage } from './login.ts';
import { headersOf, loginProblems, tagsOf } from './page.sample.ts';

const model: LoginModel = {
  language: 'en',
  clientName: 'Cloud Album',
  action: '/login',
  hidden: { csrf: 'c1', request: 'r1' },
  userName: '',
};

const tag = (body: string, start: string): string => tagsOf(body).find((found) => found.startsWith(start)) ?? '';

suite('the login page', () => {
  test('asks for a user name and a password that a password manager knows', () => {
    const { status, body } = loginPage(model);
    assert.equal(status, 200);
    assert.match(body, /<label for="username">User name<\/label>/);
    assert.match(tag(body, '<input id="username"'), / name="username" .*\bautocomplete="username"/s);
    assert.match(body, /<label for="password">Password<\/label>/);
    const password = tag(body, '<input id="password"');
    assert.match(password, / name="password" type="password" .*\bautocomplete="current-password"/s);
    assert.doesNotMatch(password, /value=/);
  });

  test('posts what it was given to carry', () => {
    const { body } = loginPage(model);
    assert.match(body, /<form method="post" action="\/login">/);
    assert.match(body, /<input type="hidden" name="csrf" value="c1">\n<input type="hidden" name="request" value="r1">/);
  });

  test('says for whom, in both languages, or leaves it out', () => {
    assert.match(loginPage(model).body, /to continue to <bdi[^>]*>Cloud Album</);
    assert.match(loginPage({ ...model, language: 'zh' }).body, /以继续使用 <bdi[^>]*>Cloud Album</);
    const { clientName, ...withoutClient } = model;
    assert.equal(clientName, 'Cloud Album');
    assert.doesNotMatch(loginPage(withoutClient).body, /to continue/);
  });

  test('sets the focus where typing goes on', () => {
    const focused = (userName: string): string | undefined =>
      tagsOf(loginPage({ ...model, userName }).body).find((found) => found.endsWith(' autofocus>'));
    assert.match(focused('') ?? '', /id="username"/);
    assert.match(focused('lin') ?? '', /id="password"/);
  });

  test('a wrong password and an unknown user read the same, whatever the name', () => {
    const page = (userName: string): string => loginPage({ ...model, userName, problem: 'wrong' }).body;
    assert.equal(page('known').replaceAll('known', '…'), page('other').replaceAll('other', '…'));
    assert.match(page('known'), /This user name and password do not match\./);
  });

  for (const problem of loginProblems) {
    test(`${problem} is announced, and described at both fields`, () => {
      const { body } = loginPage({ ...model, problem, retryAfterSeconds: 90 });
      assert.match(body, /<p class="alarm" id="problem" role="alert">[^<]+<\/p>/);
      assert.match(body, /<title>Not yet: Sign in/);
      for (const field of ['username', 'password']) {
        const input = tag(body, `<input id="${field}"`);
        assert.match(input, / aria-describedby="problem"/);
        assert.equal(input.includes(' aria-invalid="true"'), problem === 'wrong');
      }
    });
  }

  test('answers with the status that says what happened', () => {
    const statuses = loginProblems.map((problem) => loginPage({ ...model, problem }).status);
    assert.deepEqual(Object.fromEntries(loginProblems.map((problem, at) => [problem, statuses[at]])), {
      wrong: 403,
      slow_down: 429,
      locked: 403,
      form_expired: 400,
    });
  });

  for (const [language, problem, retryAfterSeconds, text] of [
    ['en', 'slow_down', 30, 'Too many attempts. Wait 30 seconds, then try again.'],
    ['en', 'slow_down', undefined, 'Too many attempts. Wait a little, then try again.'],
    ['zh', 'slow_down', 30, '尝试次数过多，请等待30秒钟后再试。'],
    ['zh', 'slow_down', undefined, '尝试次数过多，请等待片刻后再试。'],
    ['en', 'locked', 900, 'Try again in 15 minutes, or ask your administrator.'],
    ['en', 'locked', undefined, 'too many attempts. Ask your administrator.'],
    ['zh', 'locked', 900, '请在15分钟后再试，或联系管理员。'],
    ['zh', 'locked', undefined, '此用户名已暂停登录。请联系管理员。'],
  ] as const) {
    test(`${problem} says how long, if it is known: "${text}"`, () => {
      const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
      const answer = loginPage({ ...model, language, problem, ...wait });
      assert.ok(answer.body.includes(text));
      assert.equal(headersOf(answer)['retry-after'], retryAfterSeconds?.toString());
    });
  }

  test('Retry-After is whole seconds, at least one', () => {
    const header = (retryAfterSeconds: number): string | undefined =>
      headersOf(loginPage({ ...model, problem: 'slow_down', retryAfterSeconds }))['retry-after'];
    assert.deepEqual([0, 0.2, 1, 1.2].map(header), ['1', '1', '1', '2']);
  });
});
