import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { recordedRequest } from './golden/recorded.ts';
import { parseAuthorization } from './signature.ts';

const v1 = recordedRequest('A').headers.authorization ?? '';
const v4 = recordedRequest('D').headers.authorization ?? '';
const hex = recordedRequest('D').signature;
const scoped = (scope: string): string => `SLS4-HMAC-SHA256 Credential=testAccessKeyId/${scope},Signature=${hex}`;

suite('Authorization: the two forms', () => {
  test('v1 gives key id and signature', () => {
    assert.deepEqual(parseAuthorization(v1), {
      scheme: 'v1',
      accessKeyId: 'testAccessKeyId',
      signature: 'BinEQGE0jzORuHC3Yva8YnyKMcMBXoUnnTRigNwXmR4=',
    });
  });

  test('v1 with hmac-sha1 gives the shorter signature', () => {
    const parsed = parseAuthorization(recordedRequest('S').headers.authorization ?? '');
    assert.equal(parsed?.signature, 'C6hg610VNSqDqOCRQAI5dUIiuvo=');
  });

  test('v4 gives key id, day, region and signature', () => {
    const expected = {
      scheme: 'v4',
      accessKeyId: 'testAccessKeyId',
      day: '20241030',
      region: 'cn-shanghai',
      signature: hex,
    };
    assert.deepEqual(parseAuthorization(v4), expected);
    assert.deepEqual(parseAuthorization(v4.replace(',', ', ')), expected);
  });

  test('v4 gives the other region', () => {
    const parsed = parseAuthorization(recordedRequest('G').headers.authorization ?? '');
    assert.equal(parsed?.scheme === 'v4' && parsed.region, 'ap-southeast-1');
  });
});

suite('Authorization: what follows neither form is refused', () => {
  const malformed: Record<string, string> = {
    'nothing at all': '',
    'a blank': ' ',
    'another scheme': 'Bearer abc',
    'v1 without credentials': 'LOG ',
    'v1 with an empty key id, as a client without configuration sends it': 'LOG :hB1c8w5SID2G/z3Fh778sKxPPdQ=',
    'v1 without a signature': 'LOG testAccessKeyId:',
    'v1 without a colon': 'LOG testAccessKeyId',
    'v1 with two colons': 'LOG a:b:aGVsbG8=',
    'v1 in lower case': v1.toLowerCase(),
    'v1 with two blanks': v1.replace(' ', '  '),
    'v1 with a blank in the key id': 'LOG test AccessKeyId:aGVsbG8=',
    'v1 with characters outside base64': 'LOG testAccessKeyId:aGVs_G8=',
    'v1 with three padding characters': 'LOG testAccessKeyId:aGVsbG8===',
    'v1 with text behind the signature': `${v1} x`,
    'v1 with a line behind the signature': `${v1}\n`,
    'v1 with an endless signature': `LOG testAccessKeyId:${'A'.repeat(129)}`,
    'v4 without a signature': v4.slice(0, v4.indexOf(',')),
    'v4 without a credential': `SLS4-HMAC-SHA256 Signature=${hex}`,
    'v4 with an empty key id': v4.replace('testAccessKeyId', ''),
    'v4 with a slash in the key id': v4.replace('testAccessKeyId', 'test/AccessKeyId'),
    'v4 with a signature in upper case': v4.replace(hex, hex.toUpperCase()),
    'v4 with a signature one digit short': v4.slice(0, -1),
    'v4 with a signature one digit long': `${v4}0`,
    'v4 with a day one digit short': scoped('2024103/cn-shanghai/sls/aliyun_v4_request'),
    'v4 with a day one digit long': scoped('202410300/cn-shanghai/sls/aliyun_v4_request'),
    'v4 without a region': scoped('20241030/sls/aliyun_v4_request'),
    'v4 with an empty region': scoped('20241030//sls/aliyun_v4_request'),
    'v4 with a region of odd characters': scoped('20241030/cn_shanghai%2f/sls/aliyun_v4_request'),
    'v4 for another service': scoped('20241030/cn-shanghai/oss/aliyun_v4_request'),
    'v4 with another end of the scope': scoped('20241030/cn-shanghai/sls/aws4_request'),
    'v4 with a signed headers part, which this scheme has not': v4.replace(',', ',SignedHeaders=host,'),
    'the general gateway scheme': v4.replace('SLS4-HMAC-SHA256', 'ACS3-HMAC-SHA256'),
    'both forms': `${v1}, ${v4}`,
  };
  for (const [what, header] of Object.entries(malformed)) {
    test(what, () => assert.equal(parseAuthorization(header), undefined));
  }

  test('a region of 64 characters is read, one of 65 is not', () => {
    const read = (length: number) => parseAuthorization(scoped(`20241030/${'r'.repeat(length)}/sls/aliyun_v4_request`));
    assert.ok(read(64));
    assert.equal(read(65), undefined);
  });

  test('a signature of 128 characters is read', () => {
    assert.ok(parseAuthorization(`LOG testAccessKeyId:${'A'.repeat(128)}`));
  });
});
