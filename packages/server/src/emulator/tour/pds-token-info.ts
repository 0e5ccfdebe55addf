/** `ITokenInfo`, the answer to every token call of PDS, member by member. */

import { jwtHeader } from '@hufu/wire/pds';
import { another, claims, type Form, jsonMember, jwtHeaderText, textMember } from './checks.ts';
import { hourSeconds, minuteSeconds } from './instants.ts';
import { answered } from './pds-call.ts';
import type { Check, Scene, TourAnswer } from './step.ts';

/** The document's two hours. */
export const accessTokenSeconds = 2 * hourSeconds;
/** The token that the API reference prints lives longer than its `expires_in` says, by as much. */
export const graceSeconds = minuteSeconds;

/** Whom a token is for, and through which application. */
export interface Holder {
  readonly clientId: string;
  readonly userId: string;
  readonly userName: string;
  readonly nickName: string;
  readonly driveId: string;
  readonly role: 'user' | 'superadmin';
  readonly isFirstLogin: boolean;
}

type App = 'jwtApp' | 'webServerApp' | 'nativeApp';

export function demoUser({ description }: Scene, app: App, isFirstLogin = false): Holder {
  const { clientId } = description.pds[app];
  const { userId, userName } = description.pds.user;
  return { clientId, userId, userName, nickName: 'Demo', driveId: '1', role: 'user', isFirstLogin };
}

/** Without drive: Hufu keeps none. Who is made by an assertion is called by the id. */
export function newcomer(
  { description }: Scene,
  userId: string,
  { role = 'user', isFirstLogin = false }: Partial<Pick<Holder, 'role' | 'isFirstLogin'>> = {},
): Holder {
  const { clientId } = description.pds.jwtApp;
  return { clientId, userId, userName: userId, nickName: userId, driveId: '', role, isFirstLogin };
}

const jwt: Form = {
  says: 'a JWT that begins as the sample',
  form: /^eyJhbGciOiJSUzI1NiIsInR5cC[\w-]*\.[\w-]+\.[\w-]+$/,
};
const opaque: Form = { says: 'an opaque text of 32 characters or more', form: /^[\w-]{32,}$/ };

/** Every member of the document's table and of its sample, each with its type. */
export function tokenInfo(answer: TourAnswer, scene: Scene, holder: Holder): Check[] {
  const expected = {
    access_token: jwt,
    refresh_token: opaque,
    expires_in: accessTokenSeconds,
    // As the sample has it: a fraction would break the vendor's own clients.
    expire_time: new Date(scene.nowMs + accessTokenSeconds * 1000).toISOString().replace('.000Z', 'Z'),
    token_type: 'Bearer',
    user_id: holder.userId,
    user_name: holder.userName,
    nick_name: holder.nickName,
    avatar: '',
    default_drive_id: holder.driveId,
    role: holder.role,
    status: 'enabled',
    is_first_login: holder.isFirstLogin,
    domain_id: scene.description.pds.domainId,
  };
  return [
    ...answered(answer, 200),
    ...Object.entries(expected).map(([name, wanted]) => jsonMember(answer, name, wanted)),
    ...accessToken(textMember(answer, 'access_token'), scene, holder),
  ];
}

/** As the API reference's printed token is made: whose it is stands in a text that holds JSON. */
function accessToken(token: string, scene: Scene, { clientId, userId, role }: Holder): Check[] {
  const iat = Math.floor(scene.nowMs / 1000);
  const { domainId } = scene.description.pds;
  const customJson: Form = {
    says: `a text with application, domain, scopes and role ${role}`,
    form: new RegExp(`^\\{"clientId":"${clientId}","domainId":"${domainId}","scope":\\[.+\\],"role":"${role}",`),
  };
  return [
    jwtHeaderText(token, jwtHeader),
    ...claims(token, { userId, customJson, exp: iat + accessTokenSeconds + graceSeconds, iat }),
  ];
}

/** Keeps both tokens of an answer under the name of their session. */
export const keepTokens = (session: string) => (answer: TourAnswer) => ({
  [accessOf(session)]: textMember(answer, 'access_token'),
  [refreshOf(session)]: textMember(answer, 'refresh_token'),
});

export const accessOf = (session: string): string => `${session}: access token`;
export const refreshOf = (session: string): string => `${session}: refresh token`;

/** The same member for member, with two other tokens than the session had. */
export const renewed = (answer: TourAnswer, scene: Scene, holder: Holder, session: string): Check[] => [
  ...tokenInfo(answer, scene, holder),
  another(answer, 'access_token', scene.recall(accessOf(session))),
  another(answer, 'refresh_token', scene.recall(refreshOf(session))),
];
