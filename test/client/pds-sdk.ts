/**
 * Loaded with `--import`: what the example of the PDS SDK finds under the SDK's name, since the package cannot be installed
 * here. It asks for tokens as version 1.4.0 was seen to (docs/client/adapters.md), and does nothing else of the SDK.
 */

import { registerHooks } from 'node:module';
import type { PdsClientOptions } from 'aliyun-pds-js-sdk';

const ours = import.meta.url;

registerHooks({
  resolve: (name, context, next) =>
    name === 'aliyun-pds-js-sdk' ? { url: ours, shortCircuit: true } : next(name, context),
});

const cacheMs = 2_000;

export class PDSClient {
  readonly #options: PdsClientOptions;
  #cached: { readonly token: string; readonly untilMs: number } | undefined;

  constructor(options: PdsClientOptions) {
    this.#options = options;
  }

  async postAPI(path: string, body: object): Promise<unknown> {
    if (!this.#cached || Date.now() > this.#cached.untilMs) await this.#ask('always_get_token_fun');
    for (;;) {
      const answer = await fetch(`${this.#options.api_endpoint}/v2${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#cached?.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text);
      if (answer.status !== 401 || !/AccessTokenInvalid|TokenExpired/.test(text)) throw new Error(text);
      await this.#ask('refresh_token_fun');
    }
  }

  async #ask(name: 'always_get_token_fun' | 'refresh_token_fun'): Promise<void> {
    const info = await this.#options[name]?.();
    this.#cached = info && { token: info.access_token, untilMs: Date.now() + cacheMs };
  }
}
