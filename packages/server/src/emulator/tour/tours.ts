/** Every tour, in the order of walking. */

import { pdsTour } from './pds.ts';
import { scnetTour } from './scnet.ts';
import { slsTour } from './sls.ts';
import type { Tour } from './step.ts';

export const tours: readonly Tour[] = [slsTour, pdsTour, scnetTour];
