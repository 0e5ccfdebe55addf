/** An Alibaba Cloud AccessKey, and where it comes from. */

export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Comes with temporary credentials of STS. */
  readonly securityToken?: string | undefined;
}

/** Asked before each request, so that credentials may change meanwhile. */
export type AccessKeySource = () => AccessKey | Promise<AccessKey>;
