/** Colours, on a terminal only: `styleText` looks at the stream and at `NO_COLOR`. */

import { styleText } from 'node:util';
import type { TerminalIo } from './io.ts';

export type Paint = Parameters<typeof styleText>[0];

export const paint = (io: Pick<TerminalIo, 'stdout'>, style: Paint, text: string): string =>
  styleText(style, text, { stream: io.stdout });
