/** A refresh by the demo JWT application, and what comes of it. */

import { messages, sdkForms } from '@hufu/wire/pds';
import { refusal, sent } from './pds-call.ts';
import { demoUser, refreshOf, renewed } from './pds-token-info.ts';
import type { Check, Scene, TourAnswer, TourRequest } from './step.ts';

export const refreshJwt =
  (session: string) =>
  ({ description, recall }: Scene): TourRequest =>
    sent(
      sdkForms.refreshJwtToken({
        client_id: description.pds.jwtApp.clientId,
        refresh_token: recall(refreshOf(session)),
      }),
    );

/** A new `ITokenInfo` of the demo user, with other tokens than the session had. */
export const isRefreshed =
  (session: string) =>
  (answer: TourAnswer, scene: Scene): Check[] =>
    renewed(answer, scene, demoUser(scene, 'jwtApp'), session);

/** Whatever is wrong with a refresh token, a live domain gives the same answer. */
export const badRefreshToken = (answer: TourAnswer): Check[] =>
  refusal(answer, 400, 'InvalidParameter.RefreshToken', messages.invalid('refresh_token'));
