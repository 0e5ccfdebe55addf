import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasBrowser } from './browser.ts';

describe('a browser is opened', () => {
  for (const [rule, env, platform, opens] of [
    ['on a Mac', {}, 'darwin', true],
    ['on Windows', {}, 'win32', true],
    ['on a Linux desktop', { DISPLAY: ':0' }, 'linux', true],
    ['under Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    ['by Linux within Windows', { WSL_DISTRO_NAME: 'Debian' }, 'linux', true],
    ['not on a Linux machine without a screen', {}, 'linux', false],
    ['not over SSH', { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }, 'darwin', false],
    ['not over SSH with a forwarded screen', { SSH_TTY: '/dev/pts/0', DISPLAY: 'localhost:10' }, 'linux', false],
  ] as const) {
    it(rule, () => assert.equal(hasBrowser(env, platform), opens));
  }
});
