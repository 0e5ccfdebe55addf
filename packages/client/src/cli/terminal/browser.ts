/** The person's browser, where there is one to be seen. */

/** Over SSH it would open where nobody sits; a Linux machine without a screen has none. */
export function hasBrowser(env: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (env.SSH_CONNECTION || env.SSH_CLIENT || env.SSH_TTY) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME);
}

export async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  const browser = await open(url);
  // One that does not start is the person's to see: the address stands on the screen.
  browser.on('error', () => {});
}
