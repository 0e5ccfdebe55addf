/** The vendor's two operations by their own names, without a token source: for a server that answers an embedded page, say. */

import { operations } from '@hufu/wire/sls';
import { type CallOptions, type DirectOptions, directly } from '../../core/direct.ts';
import { checkNames, textOf } from '../../core/given.ts';
import {
  type CreateTicketParams,
  type CreateTicketResult,
  createTicket,
  type RefreshTokenParams,
  type RefreshTokenResult,
  refreshToken,
} from './operations.ts';
import { type SlsConnection, settingsOf } from './settings.ts';

export type SlsClientOptions = SlsConnection & DirectOptions;

/** Both throw `TokenError`; its `vendorCode` is the vendor's (`isSlsError`). */
export interface SlsClient {
  createTicket(params?: CreateTicketParams, options?: CallOptions): Promise<CreateTicketResult>;
  refreshToken(params: RefreshTokenParams, options?: CallOptions): Promise<RefreshTokenResult>;
}

/** @example const { ticket } = await slsClient({ accessKeyId, accessKeySecret }).createTicket({ expirationTime: 3600 }); */
export function slsClient(options: SlsClientOptions): SlsClient {
  const settings = settingsOf(options, ['fetch', 'clock', 'timeoutMs']);
  const direct = directly(options);
  return {
    createTicket: (params = {}, call) =>
      direct(call, async (context) => {
        checkNames(params, operations.createTicket.parameters);
        return createTicket(settings, params, context);
      }),
    refreshToken: (params, call) =>
      direct(call, async (context) => {
        checkNames(params, operations.refreshToken.parameters);
        textOf(params, 'ticket');
        return refreshToken(settings, params, context);
      }),
  };
}
