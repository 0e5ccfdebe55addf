/** Requests for the tests of this folder, as the transport brings them. */

import { formMediaType, paths } from '@hufu/wire/oauth';
import type { WireRequest } from '../dialect.ts';
import { createFormats } from './formats.ts';
import { oauthDefaults } from './options.ts';
import { createSpeech } from './speech.ts';

export const sampleIssuer = 'https://id.example.com';
export const sampleFormats = createFormats(() => sampleIssuer, false);
export const sampleSpeech = createSpeech(oauthDefaults, sampleFormats, () => sampleIssuer);

export const basicHeader = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

/** @param fields of the form: as text, or to be encoded. */
export function samplePost(
  path: (typeof paths)[keyof typeof paths],
  fields: string | Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string | undefined>> = {},
): WireRequest {
  const text = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
  return {
    method: 'POST',
    path,
    query: '',
    headers: { 'content-type': formMediaType, ...headers },
    duplicateHeader: undefined,
    body: new TextEncoder().encode(text),
    bodyLengthKnown: true,
  };
}

export const sampleGet = (query: string): WireRequest => ({
  method: 'GET',
  path: paths.authorize,
  query,
  headers: {},
  duplicateHeader: undefined,
  body: new Uint8Array(0),
  bodyLengthKnown: false,
});
