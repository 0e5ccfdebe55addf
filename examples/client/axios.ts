/**
 * An axios instance whose requests carry a token. `npm install axios`.
 *
 *     OAUTH_ISSUER=https://id.example.com OAUTH_CLIENT_ID=… OAUTH_CLIENT_SECRET=… API_URL=https://api.example.com node axios.ts
 */

import { createTokenSource } from '@hufu/client';
import { attachAxios } from '@hufu/client/axios';
import { oauth2ClientCredentials } from '@hufu/client/providers/oauth2';
import axios from 'axios';

const {
  OAUTH_ISSUER: issuer = '',
  OAUTH_CLIENT_ID: clientId = '',
  OAUTH_CLIENT_SECRET: clientSecret = '',
} = process.env;
const { API_URL: baseURL = 'https://api.example.com' } = process.env;

await using source = createTokenSource({ provider: oauth2ClientCredentials({ issuer, clientId, clientSecret }) });
const api = axios.create({ baseURL });
attachAxios(api, source, { origins: [baseURL] });

const { status, data } = await api.post('/reports', { title: 'May' });
console.log(status, JSON.stringify(data));
