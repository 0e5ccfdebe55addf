/** A token in the form that a program reads. */

import type { ClientIo } from '../io.ts';
import type { Issued } from './issued.ts';
import { aliyunCredential, awsCredential, k8sCredential } from './json-formats.ts';
import type { FormatName } from './names.ts';
import { curlText, envText, gitText, headerText } from './text-formats.ts';
import { tokenJson } from './token-json.ts';

/** What goes to standard output, line ends included. Throws `TokenError` for a token that has no such form. */
export function formatted(issued: Issued, format: FormatName, env: ClientIo['env']): string {
  switch (format) {
    case 'raw':
      return `${issued.token.token}\n`;
    case 'header':
      return headerText(issued);
    case 'json':
      return line(tokenJson(issued));
    case 'env':
      return envText(issued);
    case 'curl':
      return curlText(issued);
    case 'aws':
      return line(awsCredential(issued));
    case 'k8s':
      return line(k8sCredential(issued, env));
    case 'aliyun':
      return line(aliyunCredential(issued));
    case 'git':
      return gitText(issued);
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
