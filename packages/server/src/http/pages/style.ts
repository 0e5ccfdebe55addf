/**
 * The one stylesheet of the pages. It stands in each page, and the policy names it by its hash, so that it needs no nonce.
 *
 * The page is a tally itself: a bronze half that says whose page it is, and a paper half that asks. Colours keep 4.5:1 for
 * text and 3:1 for the borders of fields and for the focus, which the browser tests measure.
 */

import { createHash } from 'node:crypto';
import { type Html, trusted } from './escape.ts';

const colours = `
:root {
  color-scheme: light dark;
  --ground: #e9e2d3; --paper: #fffdf8; --field: #ffffff; --ink: #231f18; --soft: #665d4e; --line: #8b8069; --hair: #e4dccb;
  --bronze: #17473d; --relief: #1f5448; --on-bronze: #f5eddb; --inlay: #e3c37a;
  --act: #17473d; --act-over: #0f352d; --on-act: #fffdf8;
  --alarm: #9b2a1c; --alarm-ground: #fbeee9;
  --focus: #a8690b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f0e0b; --paper: #1d1b17; --field: #141310; --ink: #efe8da; --soft: #b3a995; --line: #857b68; --hair: #36322a;
    --bronze: #123a32; --relief: #18463c; --on-bronze: #f1e8d3; --inlay: #dcb96f;
    --act: #dcb96f; --act-over: #e9cd90; --on-act: #1e190d;
    --alarm: #ffa697; --alarm-ground: #3a1d18;
    --focus: #f2d79b;
  }
}`;

const ground = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
h1, p, ul { margin: 0; padding: 0; }
h1, .brand, .motto {
  font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia,
    "Songti SC", "Noto Serif CJK SC", STZhongsong, "Times New Roman", serif;
}
h1 { font-size: 1.75rem; font-weight: 600; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h1:lang(zh) { letter-spacing: 0.04em; }
code { font: 0.9375em ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; }
.soft { color: var(--soft); }
.name { color: var(--ink); font-weight: 600; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }`;

/** Narrow: the bronze lies on top, and its teeth are as long as the strokes of 王. */
const tally = `
.tally { display: grid; grid-template-rows: auto 1fr; min-height: 100vh; min-height: 100dvh; }
.bronze { position: relative; padding: 1rem 1.5rem; background: var(--bronze); color: var(--on-bronze); }
.bronze::after {
  content: ""; position: absolute; top: 100%; right: 0; left: 0; height: 11px;
  background: linear-gradient(var(--bronze) 0 0) 24% 0 / 12% 100% no-repeat,
    linear-gradient(var(--bronze) 0 0) 50% 0 / 18% 100% no-repeat,
    linear-gradient(var(--bronze) 0 0) 76% 0 / 12% 100% no-repeat;
}
.brand { display: flex; align-items: center; gap: 0.75rem; font-size: 1.25rem; font-weight: 600; letter-spacing: 0.04em; }
.mark { flex: none; width: 2.5rem; height: 2.5rem; color: var(--inlay); }
.relief, .motto { display: none; }
.paper { padding: 2.75rem 1.5rem 2.5rem; }
.paper > * { max-width: 27rem; margin-inline: auto; }`;

/** Wide: the halves lie side by side, a gap apart. */
const wide = `
@media (min-width: 48rem) {
  body {
    display: grid; place-items: center; min-height: 100vh; min-height: 100dvh; padding: 2rem;
    background: var(--ground);
  }
  .tally {
    grid-template: auto / minmax(15rem, 19rem) minmax(0, 33rem); gap: 4px; min-height: 33rem;
    filter: drop-shadow(0 1px 1px rgb(35 31 24 / 0.08)) drop-shadow(0 18px 40px rgb(35 31 24 / 0.16));
  }
  .bronze {
    display: flex; flex-direction: column; justify-content: space-between; padding: 2.5rem 2.25rem;
    border-radius: 14px 0 0 14px;
  }
  .bronze::after { content: none; }
  .relief {
    display: block; position: absolute; top: min(57%, 19rem); right: 0; height: 22rem;
    color: var(--relief); transform: translateY(-50%);
  }
  .brand { position: relative; flex-direction: column; align-items: flex-start; gap: 1.25rem; font-size: 1.5rem; }
  .mark { width: 4.5rem; height: 4.5rem; margin-left: -0.5rem; }
  .motto { display: block; position: relative; color: var(--inlay); letter-spacing: 0.06em; }
  .paper {
    display: flex; flex-direction: column; justify-content: center; padding: 3rem 3.5rem;
    background: var(--paper); border-radius: 0 14px 14px 0;
  }
  .paper > * { width: 100%; margin-inline: 0; }
}`;

const form = `
form { display: grid; gap: 1.25rem; margin-top: 1.75rem; }
label { display: block; margin-bottom: 0.375rem; font-weight: 600; }
input {
  width: 100%; min-height: 3rem; padding: 0.5rem 0.875rem; font: inherit; color: var(--ink);
  background: var(--field); border: 1px solid var(--line); border-radius: 8px;
}
input[aria-invalid="true"] { border-color: var(--alarm); box-shadow: inset 0 0 0 1px var(--alarm); }
button, .button {
  display: block; width: 100%; min-height: 3rem; padding: 0.625rem 1.5rem; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: var(--on-act); background: var(--act);
  border: 1px solid transparent; border-radius: 8px; cursor: pointer;
}
button:hover, .button:hover { background: var(--act-over); }
button.quiet, .button.quiet { color: var(--ink); background: transparent; border-color: var(--line); }
button.quiet:hover, .button.quiet:hover { background: var(--hair); }
.choices { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); }
.alarm {
  padding: 0.75rem 1rem; color: var(--alarm); background: var(--alarm-ground);
  border: 1px solid; border-left-width: 4px; border-radius: 8px;
}`;

const text = `
.paper > p { margin-top: 1rem; }
.paper > .lead { margin-top: 0.5rem; }
.paper > .alarm, .paper > .onward { margin-top: 1.5rem; }
.alarm ~ form input { scroll-margin-top: 13rem; }
.asked { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--hair); }
.asked > * + * { margin-top: 0.75rem; }
.asked ul { display: grid; gap: 0.5rem; list-style: none; }
.asked li { position: relative; padding-left: 1.5rem; }
.asked li::before {
  content: ""; position: absolute; top: 0.5em; left: 0.125rem; width: 0.625rem; height: 0.625rem;
  background: var(--act); border-radius: 2px;
}`;

/** Colours of the user's own choosing (Windows' contrast themes) take ours away, and with them the edges of what is filled. */
const chosenColours = `
@media (forced-colors: active) {
  .bronze, .paper { border: 1px solid CanvasText; }
  .mark { color: CanvasText; }
  .relief { display: none; }
}`;

const motion = `
@media (prefers-reduced-motion: no-preference) {
  .mark g { animation: meet 0.7s cubic-bezier(0.2, 0.8, 0.2, 1) both; }
  .mark .left { --from: -7px; }
  .mark .right { --from: 7px; }
  @keyframes meet { from { transform: translateX(var(--from)); opacity: 0; } }
  button, .button { transition: background-color 0.15s; }
}`;

const sheet = [colours, ground, tally, wide, form, text, chosenColours, motion].join('').trim();

/** What stands in `style`; it holds no `<`. */
export const style: Html = trusted(sheet);

/** For `style-src`: CSP Level 3, section 6.7.2.3. */
export const styleSource = `'sha256-${createHash('sha256').update(sheet).digest('base64')}'`;
