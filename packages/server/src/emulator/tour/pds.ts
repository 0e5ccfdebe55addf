/** The tour of Alibaba Cloud PDS: the five methods of the document on tokens. */

import { codeSteps } from './pds-code.ts';
import { sampleClock, serviceTokenSteps, userTokenSteps } from './pds-jwt-token.ts';
import { lifetimeSteps } from './pds-lifetimes.ts';
import { nativeSteps } from './pds-native.ts';
import { refreshSteps } from './pds-refresh.ts';
import { registration } from './pds-resource-server.ts';
import { rotationSteps } from './pds-rotation.ts';
import type { Tour } from './step.ts';

export const pdsTour: Tour = {
  name: 'pds',
  clock: sampleClock,
  steps: [
    ...userTokenSteps,
    ...serviceTokenSteps,
    registration,
    ...lifetimeSteps,
    ...rotationSteps,
    ...codeSteps,
    ...refreshSteps,
    ...nativeSteps,
  ],
};
