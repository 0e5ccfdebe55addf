/**
 * What runs inside of the page, to measure what a person sees there. Each function is handed to the browser as its text, so
 * that it can use nothing of this file but itself.
 */

export interface SeenText {
  readonly text: string;
  /** Of its colour to what lies under it (WCAG 2.2, "contrast ratio"); 0 where that cannot be told. */
  readonly ratio: number;
}

/** Texts, values of fields, the borders of fields, and the ring around what has the focus. */
export function contrasts(): { readonly texts: SeenText[]; readonly borders: SeenText[] } {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const parse = (colour: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (upper: Colour, lower: Colour): Colour => {
    const mix = (at: 0 | 1 | 2): number => upper[at] * upper[3] + lower[at] * (1 - upper[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = (colour: Colour): number => {
    const linear = (at: 0 | 1 | 2): number => {
      const share = colour[at] / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
  };
  /** Undefined where a picture lies under it. */
  const ground = (element: Element | null): Colour | undefined => {
    if (element === null) return [255, 255, 255, 1];
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const own = parse(backgroundColor);
    if (backgroundImage !== 'none') return undefined;
    if (own[3] === 1) return own;
    const below = ground(element.parentElement);
    return below && over(own, below);
  };
  const ratio = (colour: string, under: Colour | undefined): number => {
    if (under === undefined) return 0;
    const [a, b] = [luminance(over(parse(colour), under)), luminance(under)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const texts: SeenText[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent?.trim() ?? '';
    const element = walker.currentNode.parentElement;
    if (text === '' || element === null || !element.checkVisibility()) continue;
    texts.push({ text, ratio: ratio(getComputedStyle(element).color, ground(element)) });
  }
  const borders: SeenText[] = [];
  for (const field of document.querySelectorAll<HTMLElement>('input:not([type=hidden]), .quiet')) {
    const { color, borderTopColor } = getComputedStyle(field);
    texts.push({ text: `in ${field.id}`, ratio: ratio(color, ground(field)) });
    borders.push({ text: `around ${field.id}`, ratio: ratio(borderTopColor, ground(field.parentElement)) });
  }
  const active = document.activeElement;
  if (active && active !== document.body) {
    const ring = getComputedStyle(active).outlineColor;
    borders.push({ text: 'around what has the focus', ratio: ratio(ring, ground(active.parentElement)) });
  }
  return { texts, borders };
}

/** How far the page is wider than the window, in CSS pixels. */
export const overflowPx = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;

/** Controls that are lower than a finger wants them, in CSS pixels. */
export const lowControls = (): string[] =>
  [...document.querySelectorAll('input:not([type=hidden]), button, .button')]
    .filter((control) => control.getBoundingClientRect().height < 44)
    .map((control) => control.outerHTML);

export interface Focused {
  readonly name: string;
  readonly outlineStyle: string;
  readonly outlineWidthPx: number;
}

/** What has the focus, and how that shows. */
export function focused(): Focused {
  const element = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    name: element.id || (element.textContent?.trim() ?? ''),
    outlineStyle,
    outlineWidthPx: Number.parseFloat(outlineWidth),
  };
}

export const enlargeLetters = (): void => {
  document.documentElement.style.fontSize = '200%';
};

export const pageHeightPx = (): number => document.documentElement.scrollHeight;
