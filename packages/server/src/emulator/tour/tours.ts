/** Every tour, in the order of walking. */

import { slsTour } from './sls.ts';
import type { Tour } from './step.ts';

export const tours: readonly Tour[] = [slsTour];
