/**
 * Hufu as a library: a server inside your own process.
 *
 * @example Serve SLS tickets on a free port, and stop.
 * ```ts
 * import { composeServer, loadConfig } from 'hufu';
 *
 * const config = loadConfig({ env: process.env, flags: { 'server.port': '0', 'data.dir': './data' } });
 * const server = await composeServer(config); // takes the master key from HUFU_DATA_MASTER_KEY
 * const url = await server.listen();
 * // … clients call `url` …
 * await server.close();
 * ```
 *
 * @example Ask whether a token that somebody showed is good; docs/dialects/scnet.md has a whole gateway.
 * ```ts
 * const check = await server.checkToken(token, 'scnet_token');
 * if (check.active) console.log(check.userName, check.region?.account);
 * ```
 *
 * `loadConfig` throws a `ConfigError` that names each option that is not as it must be; docs/config.md lists them all.
 * `composeServer` opens the data folder, which one process at a time may do.
 */

export { composeServer, type Overrides, type Server, type ServerParts } from './compose.ts';
export { ConfigError, type ConfigSources, loadConfig } from './config/load.ts';
export type { Config } from './config/schema.ts';
export { StoreUnavailable } from './service/ports.ts';
export type { CheckedRegion, TokenCheck } from './service/token-check.ts';
