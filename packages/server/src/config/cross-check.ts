/** What no single option shows: settings that are unsafe or contradict each other. Each sentence names the options. */

import { loginProblems } from './login.ts';
import { oauthProblems } from './oauth.ts';
import { pdsProblems } from './pds.ts';
import type { Config } from './schema.ts';
import { scnetProblems } from './scnet.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** It is the issuer, whose URL is `https` (RFC 8414, section 2); what never leaves the machine needs no TLS. */
function isIssuer(url: string): boolean {
  const [, scheme, host = ''] = /^(https?):\/\/([^/?#\s@]+?)(?::\d{1,5})?$/.exec(url) ?? [];
  return scheme === 'https' || (scheme === 'http' && loopback.test(host));
}

export function crossCheck(config: Config): string[] {
  const { server, data, admin, login, sls, pds, scnet, oauth } = config;
  const problems: string[] = [];
  if ((server.tlsCertFile === undefined) !== (server.tlsKeyFile === undefined)) {
    problems.push('server.tlsCertFile and server.tlsKeyFile: give both or neither');
  }
  if (server.tlsCertFile === undefined && server.plainHttp === 'loopback-only' && !loopback.test(server.host)) {
    problems.push(
      `server.host: given ${JSON.stringify(server.host)} without TLS, allowed: a loopback address, server.tlsCertFile, or server.plainHttp "behind-proxy"`,
    );
  }
  if (server.publicUrl !== undefined && !isIssuer(server.publicUrl)) {
    problems.push(
      `server.publicUrl: given ${JSON.stringify(server.publicUrl)}, allowed: https://host[:port] without a path, or http on a loopback address`,
    );
  }
  if (data.masterKey !== undefined && data.masterKeyFile !== undefined) {
    problems.push('data.masterKey and data.masterKeyFile: give one of them');
  }
  if (admin.token !== undefined && admin.token.length < 16) {
    problems.push('admin.token: given a shorter one, allowed: 16 characters or more');
  }
  if (sls.issuingRegions.length === 0) problems.push('sls.issuingRegions: given none, allowed: one region or more');
  if (sls.ticketDefaultSeconds > sls.ticketMaximumSeconds) {
    problems.push('sls.ticketDefaultSeconds: allowed: sls.ticketMaximumSeconds or less');
  }
  if (sls.accessTokenDefaultSeconds > sls.accessTokenMaximumSeconds) {
    problems.push('sls.accessTokenDefaultSeconds: allowed: sls.accessTokenMaximumSeconds or less');
  }
  problems.push(...pdsProblems(pds), ...oauthProblems(oauth), ...scnetProblems(scnet));
  problems.push(...loginProblems(login, server.maxHeaderBytes));
  return problems;
}
