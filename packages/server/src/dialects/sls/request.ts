/** HTTP to command. Checks what stands in the request itself, in the order in which the vendor's gateway would notice it. */

import { operations, regionOfHost, ticketResource } from '@hufu/wire/sls';
import type { NeededPermission } from '../../core/command.ts';
import { accept, type Decision } from '../../core/reasons.ts';
import type { TicketSpeech } from '../../core/speech.ts';
import type { Parsed, WireRequest } from '../dialect.ts';
import type { SlsOptions } from './options.ts';
import { excerpt, malformed } from './problem.ts';
import { parseProof } from './proof.ts';
import { parameterOf, parseQuery, secondsOf } from './query.ts';

export function parse(request: WireRequest, speech: TicketSpeech, options: SlsOptions): Parsed {
  const operation = request.path === operations.createTicket.path ? operations.createTicket : operations.refreshToken;
  if (request.duplicateHeader !== undefined) {
    const message = `header ${excerpt(request.duplicateHeader)} is given twice`;
    return malformed('ParameterInvalid', message, 'duplicate header');
  }
  const host = checkHost(request.headers.host);
  if (!host.ok) return host;
  const body = checkBody(request);
  if (!body.ok) return body;
  const query = parseQuery(request.query, operation.parameters);
  if (!query.ok) return query;
  const signedBy = parseProof(request, query.value, options);
  if (!signedBy.ok) return signedBy;
  const { proof, region: scopeRegion } = signedBy.value;

  const allowed = operation === operations.createTicket ? options.issuingRegions : options.refreshRegions;
  const region = checkRegion(host.value, scopeRegion, allowed, operation.name);
  if (!region.ok) return region;
  const permission: NeededPermission = {
    action: operation.action,
    resource: (account) => ticketResource(region.value ?? options.issuingRegions[0] ?? '*', account),
  };

  const access = secondsOf(query.value, 'accessTokenExpirationTime', options.zeroLifetime);
  if (!access.ok) return access;
  const accessTokenLifetime = { name: 'accessTokenExpirationTime', seconds: access.value };
  if (operation === operations.createTicket) {
    const ticket = secondsOf(query.value, 'expirationTime', options.zeroLifetime);
    if (!ticket.ok) return ticket;
    const ask = { grantLifetime: { name: 'expirationTime', seconds: ticket.value }, accessTokenLifetime };
    return { ok: true, command: { do: 'issue', speech, operation: operation.name, proof, permission, ask } };
  }
  const credential = parameterOf(query.value, 'ticket');
  if (!credential) return malformed('ParameterInvalid', 'parameter ticket is missing');
  return {
    ok: true,
    command: {
      do: 'renew',
      speech,
      operation: operation.name,
      proof,
      permission,
      credential,
      ask: accessTokenLifetime,
    },
  };
}

const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** The region that a vendor's host names; `undefined` for every other host. */
function checkHost(host: string | undefined): Decision<string | undefined> {
  if (host === undefined || host === '') return malformed('MissingHost', 'Host does not exist in http header.');
  const region = regionOfHost(host);
  if (region === null || !hostForm.test(host)) {
    return malformed('InvalidHost', `Host header ${excerpt(host)} is invalid.`, 'host header');
  }
  return accept(region);
}

/** Tickets need no body; an old client may send a JSON object, whose members mean nothing any more. */
function checkBody({ headers, body, bodyLengthKnown }: WireRequest): Decision<undefined> {
  const rawSize = headers['x-log-bodyrawsize'];
  if (rawSize !== undefined && !/^\d{1,10}$/.test(rawSize)) {
    return malformed('InvalidBodyRawSize', 'x-log-bodyrawsize is invalid.');
  }
  if (Number(rawSize ?? 0) > 0 && !bodyLengthKnown) {
    return malformed('MissingContentLength', 'Content-Length does not exist in http header when it is necessary.');
  }
  const compression = headers['x-log-compresstype'];
  if (compression !== undefined) {
    if (rawSize === undefined) {
      return malformed('MissingBodyRawSize', 'x-log-bodyrawsize does not exist in header when it is necessary.');
    }
    return malformed(
      'InvalidCompressType',
      `x-log-compresstype ${excerpt(compression)} is unsupported.`,
      'x-log-compresstype',
    );
  }
  if (rawSize !== undefined && Number(rawSize) !== body.length) {
    return malformed('InvalidBodyRawSize', 'x-log-bodyrawsize is invalid.');
  }
  if (body.length === 0) return accept(undefined);
  const type = headers['content-type'];
  if (!type) {
    return malformed('MissingContentType', 'Content-Type does not exist in http header when body is not empty.');
  }
  if (!/^application\/json(?:\s*;|$)/i.test(type)) {
    return malformed('InvalidContentType', `Content-Type ${excerpt(type)} is unsupported.`, 'content-type');
  }
  return isJsonObject(body)
    ? accept(undefined)
    : malformed('PostBodyInvalid', 'The request body is not valid JSON object.');
}

function isJsonObject(body: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Refuses where the host or the signature's scope names a region that does not serve this operation. */
function checkRegion(
  hostRegion: string | undefined,
  scopeRegion: string | undefined,
  allowed: readonly string[],
  operation: string,
): Decision<string | undefined> {
  const serves = (region: string | undefined): boolean =>
    region === undefined || allowed.length === 0 || allowed.includes(region);
  const use = `does not serve ${operation}, use one of ${allowed.join(', ')}`;
  if (!serves(hostRegion)) return malformed('InvalidHost', `Host header is invalid: region ${hostRegion} ${use}`);
  if (!serves(scopeRegion)) return malformed('ParameterInvalid', `region ${scopeRegion} of the signature ${use}`);
  return accept(scopeRegion ?? hostRegion);
}
