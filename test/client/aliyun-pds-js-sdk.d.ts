/** What the example of the PDS SDK uses of it; the package itself is not in the registry that the tests install from. */

declare module 'aliyun-pds-js-sdk' {
  export interface PdsClientOptions {
    readonly api_endpoint: string;
    readonly always_get_token_fun?: () => Promise<{ readonly access_token: string }>;
    readonly refresh_token_fun?: () => Promise<{ readonly access_token: string }>;
  }

  export class PDSClient {
    constructor(options: PdsClientOptions);
    postAPI(path: string, body: object): Promise<unknown>;
  }
}
