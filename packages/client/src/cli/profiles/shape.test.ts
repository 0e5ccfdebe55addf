import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTokenError } from '../../core/errors.ts';
import { makeProvider } from './make-provider.ts';
import { isProviderName, providerNames, providerShape } from './provider-shapes.ts';

/** What a provider takes, as it says itself when it is given something else. */
async function namesOf(provider: string, grant: string): Promise<readonly string[]> {
  assert.ok(isProviderName(provider));
  const options = { nonsense: 1, ...(provider === 'sls' && { accessKeyId: 'a' }) };
  const surroundings = { name: 'mine', env: {}, redirectUri: undefined, authorize: undefined };
  const error = await makeProvider({ provider, grant }, options, surroundings).catch((thrown: unknown) => thrown);
  assert.ok(isTokenError(error, 'config'));
  const [, names = ''] = /^there is no nonsense, but (.*)$/.exec(error.message) ?? [];
  return names.split(', ');
}

/** What is not the profile's to say: who asks the person, and which of two kinds of accounts the grant means. */
const ofProgram = ['authorize', 'service'];

describe('the options of a profile are those of its provider', () => {
  for (const provider of providerNames) {
    if (!isProviderName(provider)) continue;
    for (const [grant, { options }] of Object.entries(providerShape(provider).grants)) {
      it(`${provider} ${grant}`, async () => {
        const names = (await namesOf(provider, grant)).filter((name) => !ofProgram.includes(name));
        const ofOthers = names.filter((name) => isOfAnotherGrant(provider, grant, name));
        assert.deepEqual(Object.keys(options).sort(), names.filter((name) => !ofOthers.includes(name)).sort());
      });
    }
  }

  /** One function serves several grants, and takes the options of all. */
  function isOfAnotherGrant(provider: string, grant: string, name: string): boolean {
    if (!isProviderName(provider)) return false;
    const { grants } = providerShape(provider);
    const isOwn = Object.hasOwn(grants[grant]?.options ?? {}, name);
    return !isOwn && Object.values(grants).some(({ options }) => Object.hasOwn(options, name));
  }
});
