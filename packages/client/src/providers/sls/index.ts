/**
 * `@hufu/client/providers/sls`: tickets and access tokens of Alibaba Cloud SLS. `sls()` for a token source, `slsClient()` for the
 * vendor's operations by their own names.
 */

export type { AccessKey, AccessKeySource } from '../../core/access-key.ts';
export { type SlsClient, type SlsClientOptions, slsClient } from './client.ts';
export { isSlsError, type SlsErrorCode } from './errors.ts';
export type { CreateTicketParams, CreateTicketResult, RefreshTokenParams, RefreshTokenResult } from './operations.ts';
export { type SlsOptions, sls } from './provider.ts';
export type { SlsConnection, SlsRegion } from './settings.ts';
export { type SlsSignature, signatureV1, signatureV4 } from './signature.ts';
