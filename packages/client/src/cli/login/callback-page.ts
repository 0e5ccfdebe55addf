/** What a user sees when they come back from a login: that they are done here. No script, nothing from anywhere else. */

/** The address has a code in it: it is kept out of caches, and of what other sites are told. */
export const callbackHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
} as const;

const texts = {
  done: ['You can close this page and go back to the terminal.', '可以关闭此页面，回到终端。'],
  refused: ['The login was not completed. The terminal says why.', '登录未完成，原因见终端。'],
  other: ['No login waits for this.', '没有等待中的登录。'],
} as const;

export function callbackPage(outcome: keyof typeof texts): string {
  const [english, chinese] = texts[outcome];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Hufu</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { display: grid; min-height: 90vh; place-content: center; text-align: center; padding: 1rem; }
</style>
<main>
<p>${english}</p>
<p lang="zh-CN">${chinese}</p>
</main>
</html>
`;
}
