import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerTo, refusalOf } from './answer.ts';
import { formatCredential, parseCredential } from './protocol.ts';

const asked = parseCredential('capability[]=authtype\nprotocol=https\nhost=git.example\n\n');
const options = { hosts: ['git.example'], username: 'oauth2', asBearer: false };
const token = { token: 'secret', type: 'Bearer' };

describe("git's credential protocol", () => {
  it('reads up to the empty line, and passes over what it does not know', () => {
    const text = 'protocol=https\nhost=Git.Example:8443\nusername=a=b\nwwwauth[]=Basic\nx\n\npassword=later\n';
    assert.deepEqual(parseCredential(text), {
      protocol: 'https',
      host: 'git.example:8443',
      username: 'a=b',
      password: undefined,
      capabilities: [],
    });
  });

  it('an empty value empties a list', () => {
    const text = 'capability[]=state\ncapability[]=\ncapability[]=authtype\n';
    assert.deepEqual(parseCredential(text).capabilities, ['authtype']);
  });

  it('a value with a line end is none', () => {
    for (const end of ['\n', '\r', '\0']) {
      assert.throws(() => formatCredential([['password', `a${end}b`]]), {
        code: 'malformed_response',
        message: 'the password has a line end in it',
      });
    }
  });
});

describe('an answer to git', () => {
  it('is for the hosts that were named alone, and over TLS', () => {
    const refusal = (change: object, asBearer = false) =>
      refusalOf({ ...asked, ...change }, { hosts: ['git.example', '127.0.0.1:3000', 'plain.example'], asBearer });
    assert.equal(refusal({}), undefined);
    assert.equal(refusal({ host: 'git.example:8443' }), 'other-host');
    assert.equal(refusal({ host: 'evil.git.example' }), 'other-host');
    assert.equal(refusal({ host: '' }), 'other-host');
    assert.equal(refusal({ protocol: 'http' }), 'plain-http');
    assert.equal(refusal({ protocol: 'ssh' }), 'plain-http');
    assert.equal(refusal({ protocol: 'http', host: '127.0.0.1:3000' }), undefined);
  });

  it('is a name, a password and its end in unix seconds', () => {
    assert.equal(
      answerTo(asked, token, 1_700_000_000_999, options),
      'username=oauth2\npassword=secret\npassword_expiry_utc=1700000000\n',
    );
    assert.equal(
      answerTo({ ...asked, username: 'alice' }, token, undefined, options),
      'username=alice\npassword=secret\n',
    );
  });

  it('is a bearer token only where git says that it understands one', () => {
    assert.equal(refusalOf(asked, { ...options, asBearer: true }), undefined);
    assert.equal(refusalOf({ ...asked, capabilities: ['state'] }, { ...options, asBearer: true }), 'old-git');
    assert.equal(
      answerTo(asked, token, 1_000, { ...options, asBearer: true }),
      'capability[]=authtype\nauthtype=Bearer\ncredential=secret\nephemeral=1\npassword_expiry_utc=1\n',
    );
  });
});
