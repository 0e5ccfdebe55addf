/**
 * `@hufu/client/credentials`: Alibaba Cloud AccessKeys that lie on this machine. For Node; each is a function that looks at
 * each use, for the option `credentials` of `sls()`.
 */

export type { AccessKey, AccessKeySource } from '../core/access-key.ts';
export { accessKeyFromCliProfile, type CliProfileOptions } from './cli-profile.ts';
export { accessKeyFromEnvironment } from './environment.ts';
export { accessKeyFromMachine } from './machine.ts';
