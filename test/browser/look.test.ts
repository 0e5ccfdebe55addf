import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { noBrowser } from './browser.ts';
import { contrasts, enlargeLetters, lowControls, overflowPx } from './measure.ts';
import { login, samples } from './page-samples.ts';
import { takeScreenshot } from './screenshots.ts';
import { useStage } from './stage.ts';

const heightPx = 800;
/** The narrowest that has to do without scrolling sideways (WCAG 2.2, 1.4.10). */
const narrowestPx = 320;
const phonePx = 360;
const deskPx = 1280;

suite('the look of every page', { skip: noBrowser }, () => {
  const stage = useStage();

  for (const [name, sample] of Object.entries(samples)) {
    for (const language of ['en', 'zh'] as const) {
      test(`${name}, ${language}: legible in light and dark, narrow and wide, within its policy`, async () => {
        await using shown = await stage.show(sample(language), { reducedMotion: 'reduce' });
        const { page, complaints } = shown;
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          for (const width of [phonePx, deskPx]) {
            const look = `${name}-${language}-${colorScheme}-${width}`;
            await page.setViewportSize({ width, height: heightPx });
            await assertLegible(page, look);
            await takeScreenshot(page, look);
          }
        }
        await assertFits(page);
        assert.deepEqual(complaints, []);
      });
    }
  }

  test('what went wrong stays in sight in a low window, where the focus moves the page', async () => {
    const viewport = { width: 740, height: 340 };
    await using shown = await stage.show(login('en', { problem: 'wrong', userName: 'lin' }), { viewport });
    for (const part of [shown.page.getByRole('alert'), shown.page.getByLabel('Password')]) {
      const box = await part.boundingBox();
      assert.ok(box && box.y >= 0 && box.y + box.height <= viewport.height, JSON.stringify(box));
    }
  });

  test('the halves of the mark move only for those who like it', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference'): Promise<number> => {
      await using shown = await stage.show(login('en'), { reducedMotion });
      return await shown.page.evaluate(() => document.getAnimations().length);
    };
    assert.equal(await moving('reduce'), 0);
    assert.equal(await moving('no-preference'), 2);
  });
});

async function assertLegible(page: Page, look: string): Promise<void> {
  const { texts, borders } = await page.evaluate(contrasts);
  assert.ok(texts.length >= 4, `${look} shows little text`);
  for (const { text, ratio } of texts) assert.ok(ratio >= 4.5, `${look}: ${ratio} of "${text}"`);
  for (const { text, ratio } of borders) assert.ok(ratio >= 3, `${look}: ${ratio} ${text}`);
  assert.deepEqual(await page.evaluate(lowControls), [], look);
}

/** Nothing to scroll sideways in a narrow window, nor with letters twice as large (WCAG 2.2, 1.4.4). */
async function assertFits(page: Page): Promise<void> {
  await page.setViewportSize({ width: narrowestPx, height: heightPx });
  assert.equal(await page.evaluate(overflowPx), 0, 'narrow');
  await page.setViewportSize({ width: deskPx, height: heightPx });
  await page.evaluate(enlargeLetters);
  assert.equal(await page.evaluate(overflowPx), 0, 'with large letters');
}
