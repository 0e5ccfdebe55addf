/** Formats of programs that run a command for their credentials. Ends are by the clock of this machine, as they compare with it. */

import { localEndMs } from '../../adapters/local-end.ts';
import type { JsonObject } from '../../core/platform.ts';
import type { ClientIo } from '../io.ts';
import { rfc3339 } from './instant.ts';
import type { Issued } from './issued.ts';
import { keysOf } from './keys.ts';

/**
 * `credential_process` of the AWS CLI and SDKs.
 *
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sourcing-external.html, read on 2026-11-22
 */
export function awsCredential(issued: Issued): JsonObject {
  const { accessKeyId, accessKeySecret, securityToken } = keysOf(issued, '--format aws');
  return {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: accessKeySecret,
    SessionToken: securityToken,
    ...end(issued, 'Expiration'),
  };
}

/**
 * `process_command` of profiles with the mode `External`, of the Alibaba Cloud CLI and SDKs.
 *
 * @see https://github.com/aliyun/nodejs-credentials src/providers/external.ts, version 2.4.7, read on 2026-11-22
 */
export function aliyunCredential(issued: Issued): JsonObject {
  const { accessKeyId, accessKeySecret, securityToken } = keysOf(issued, '--format aliyun');
  return {
    mode: 'StsToken',
    access_key_id: accessKeyId,
    access_key_secret: accessKeySecret,
    sts_token: securityToken,
    ...end(issued, 'expiration'),
  };
}

const group = 'client.authentication.k8s.io';

/**
 * `ExecCredential` of kubectl and its libraries, in the version that they ask for.
 *
 * @see https://kubernetes.io/docs/reference/config-api/client-authentication.v1/, read on 2026-11-22
 */
export function k8sCredential(issued: Issued, env: ClientIo['env']): JsonObject {
  return {
    apiVersion: `${group}/${askedVersion(env.KUBERNETES_EXEC_INFO)}`,
    kind: 'ExecCredential',
    status: { token: issued.token.token, ...end(issued, 'expirationTimestamp') },
  };
}

/** An answer in another version than the question's is refused. */
const askedVersion = (info = ''): string => (info.includes(`${group}/v1beta1`) ? 'v1beta1' : 'v1');

function end({ token }: Issued, name: string): JsonObject {
  const endMs = localEndMs(token);
  return endMs === undefined ? {} : { [name]: rfc3339(endMs) };
}
