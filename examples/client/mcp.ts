/**
 * A client of the Model Context Protocol whose server wants a token. `npm install @modelcontextprotocol/client`.
 *
 *     OAUTH_ISSUER=https://id.example.com OAUTH_CLIENT_ID=… OAUTH_CLIENT_SECRET=… MCP_URL=https://tools.example.com/mcp node mcp.ts
 */

import { createTokenSource } from '@hufu/client';
import { asMcpAuthProvider } from '@hufu/client/adapters';
import { oauth2ClientCredentials } from '@hufu/client/providers/oauth2';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const {
  OAUTH_ISSUER: issuer = '',
  OAUTH_CLIENT_ID: clientId = '',
  OAUTH_CLIENT_SECRET: clientSecret = '',
} = process.env;
const url = new URL(process.env.MCP_URL ?? 'https://tools.example.com/mcp');

await using source = createTokenSource({ provider: oauth2ClientCredentials({ issuer, clientId, clientSecret }) });

const client = new Client({ name: 'example', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(url, { authProvider: asMcpAuthProvider(source) }));
const { tools } = await client.listTools();
for (const { name, description } of tools) console.log(`${name}: ${description}`);
await client.close();
