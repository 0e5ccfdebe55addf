import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { isTokenError } from '../core/errors.ts';
import { refusedWith } from '../core/source.sample.ts';
import { type AnswerConsoleOptions, answerConsole } from './index.ts';
import type { FrameShape, WindowShape } from './message-shapes.ts';

const origin = 'https://sls.console.aliyun.com';
const question = { type: 'refreshToken', ticket: 'ticket-1' };

/** A window and a frame as far as messages go; real ones are in test/browser. */
function embedded(options: Partial<AnswerConsoleOptions> = {}, src = `${origin}/lognext/project/p/dashboard/d`) {
  const target = new EventTarget();
  const answers: unknown[] = [];
  const errors: unknown[] = [];
  const contentWindow = {
    postMessage: (message: unknown, targetOrigin: string): void => {
      answers.push([message, targetOrigin]);
    },
  };
  const frame: FrameShape = { src, contentWindow, sandbox: { contains: () => false }, hasAttribute: () => false };
  const stop = answerConsole({
    frame,
    // A DOM's events carry these members; Node's need them to be set.
    window: target as unknown as WindowShape,
    accessToken: async (ticket) => `token of ${ticket}`,
    onError: (error) => errors.push(error),
    ...options,
  });
  const say = (data: unknown, from = origin, source: unknown = contentWindow): Promise<void> => {
    target.dispatchEvent(Object.assign(new Event('message'), { data, origin: from, source }));
    return setImmediate();
  };
  return { stop, say, answers, errors };
}

test('the answer names the ticket and goes to the origin of the link', async () => {
  const { say, answers } = embedded();
  await say(question);
  const answer = { type: 'applyAccessToken', accessToken: 'token of ticket-1', ticket: 'ticket-1' };
  assert.deepEqual(answers, [[answer, origin]]);
});

test('a page that asks while it waits causes one request, and gets each answer; later it causes another', async () => {
  const asked: ((token: string) => void)[] = [];
  const { say, answers } = embedded({ accessToken: () => new Promise((resolve) => asked.push(resolve)) });
  await say(question);
  await say(question);
  assert.equal(asked.length, 1);
  asked[0]?.('a');
  await setImmediate();
  assert.equal(answers.length, 2);
  await say(question);
  assert.equal(asked.length, 2);
});

test('nothing is answered to other messages, origins and windows', async () => {
  const { say, answers, errors } = embedded();
  for (const data of [undefined, null, 'refreshToken', 5, {}, { type: 'other' }, ['refreshToken']]) await say(data);
  await say(question, 'https://sls.console.aliyun.com.evil.example');
  await say(question, 'null');
  await say(question, origin, {});
  await say(question, origin, null);
  assert.deepEqual([answers, errors], [[], []]);
});

test('a failure, no text and no ticket are told, and not answered', async () => {
  const failure = new Error('the server is away');
  for (const [accessToken, data, expected] of [
    [() => Promise.reject(failure), question, failure],
    [
      () => {
        throw failure;
      },
      question,
      failure,
    ],
    [async () => '', question, undefined],
    [async () => 'token', { type: 'refreshToken' }, undefined],
  ] as const) {
    const { say, answers, errors } = embedded({ accessToken });
    await say(data);
    assert.deepEqual(answers, []);
    assert.equal(errors.length, 1);
    if (expected) assert.equal(errors[0], expected);
    else assert.ok(isTokenError(errors[0], 'malformed_response'));
  }
});

test('after the end nothing is heard, answered or told', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  let ended: boolean | undefined;
  const { stop, say, answers, errors } = embedded({
    accessToken: (_, signal) => {
      signal.addEventListener('abort', () => {
        ended = true;
      });
      return promise;
    },
  });
  await say(question);
  stop();
  resolve('late');
  await say(question);
  assert.deepEqual([ended, answers, errors], [true, [], []]);
});

test('a height is a number of pixels', async () => {
  const heights: number[] = [];
  const { say } = embedded({ onHeight: (pixels) => heights.push(pixels) });
  for (const dashboardHeight of [900, -1, Number.NaN, '900', undefined]) await say({ dashboardHeight });
  assert.deepEqual(heights, [900]);
});

test('a frame without a link has no origin; one can be given', async () => {
  for (const src of ['', 'about:blank', 'data:text/html,x']) {
    assert.throws(() => embedded({}, src), refusedWith('config'));
  }
  const { say, answers } = embedded({ origin: `${origin}/` }, '');
  await say(question);
  assert.equal(answers.length, 1);
});
