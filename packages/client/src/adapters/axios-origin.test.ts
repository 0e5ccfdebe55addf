import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originOf } from './axios-origin.ts';

const baseURL = 'https://api.example.com/v2';
const api = 'https://api.example.com';

for (const [config, expected] of [
  [{ url: `${api}/items` }, api],
  [{ baseURL, url: 'items' }, api],
  [{ baseURL, url: '/items' }, api],
  [{ baseURL, url: 'items:search' }, api],
  [{ baseURL }, api],
  [{ baseURL, url: 'https://other.example/items' }, 'https://other.example'],
  [{ baseURL, url: 'HTTPS://other.example/items' }, 'https://other.example'],
  [{ baseURL, url: 'https://other.example/items', allowAbsoluteUrls: false }, api],
  [{ baseURL: '', url: 'https://other.example/items', allowAbsoluteUrls: false }, 'https://other.example'],
  [{ baseURL, url: '/\\other.example/items' }, undefined],
  [{ baseURL, url: '/\t/other.example/items' }, undefined],
  [{ baseURL, url: 'http:other.example' }, undefined],
  [{ url: '/items' }, undefined],
  [{ baseURL: '/v2', url: 'items' }, undefined],
  [{}, undefined],
] as const) {
  test(`${JSON.stringify(config)} goes to ${expected}`, () => {
    assert.equal(originOf(config), expected);
  });
}
