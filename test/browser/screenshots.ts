/** Pictures of the pages, for eyes: tests measure, but only looking finds what is ugly. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { pageHeightPx } from './measure.ts';

/** Beside other things that can be thrown away, where not named: a run replaces the pictures of the last. */
export const screenshotFolder =
  process.env.HUFU_SCREENSHOTS || fileURLToPath(new URL('../../node_modules/.cache/hufu-screenshots', import.meta.url));

/** Of the whole page. A window that is as high as the page takes a third of the time of scrolling through it. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  const height = await page.evaluate(pageHeightPx);
  if (size && height > size.height) await page.setViewportSize({ width: size.width, height });
  mkdirSync(screenshotFolder, { recursive: true });
  await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
}
