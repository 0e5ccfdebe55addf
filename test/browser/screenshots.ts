/**
 * Pictures of the pages, for eyes: tests measure, but only looking finds what is ugly. They take most of the time of a run, so
 * they are taken for whoever names a folder for them: `HUFU_SCREENSHOTS=shots node --test test/browser/look.test.ts`.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { pageHeightPx } from './measure.ts';

const folder = process.env.HUFU_SCREENSHOTS;

/** Of the whole page. A window that is as high as the page takes a third of the time of scrolling through it. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (!folder) return;
  const size = page.viewportSize();
  const height = await page.evaluate(pageHeightPx);
  if (size && height > size.height) await page.setViewportSize({ width: size.width, height });
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
