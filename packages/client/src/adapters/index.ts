/**
 * `@hufu/client/adapters`: a token source in the shapes that other libraries expect. Each is one function, and none of those
 * libraries is imported. The one for axios is `@hufu/client/axios`.
 */

export {
  asIdentityProvider,
  asKeyIdentityProvider,
  type IdentityOptions,
  type KeyIdentity,
  type TokenIdentity,
} from './aws.ts';
export {
  type AbortSignalShape,
  type AccessTokenShape,
  asTokenCredential,
  type CredentialOptions,
  type TokenCredentialShape,
} from './azure.ts';
export { asMcpAuthProvider, type McpAuthProvider } from './mcp.ts';
export { asOssRefresher, type OssCredentials, type OssRefresher } from './oss.ts';
export { asPdsRefresher, type PdsRefresher, type PdsSdkToken } from './pds.ts';
