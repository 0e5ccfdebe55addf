/** Runs in the reader's browser: when the console asks for another access token, our server has one made. */

import { answerConsole } from '@hufu/client/embed';

const frame = document.querySelector<HTMLIFrameElement>('#console');
if (!frame) throw new Error('the page has no frame');

answerConsole({
  frame,
  async accessToken(ticket, signal) {
    const answer = await fetch('/sls-access-token', { method: 'POST', body: ticket, signal });
    if (!answer.ok) throw new Error(`no access token: ${answer.status}`);
    return answer.text();
  },
  onError: (error) => console.error(error),
});
