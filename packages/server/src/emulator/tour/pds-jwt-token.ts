/** Steps of the document's getUserJwtToken and getServiceJwtToken: tokens for whoever holds the JWT application's private key. */

import { messages } from '@hufu/wire/pds';
import { type Form, jsonMember } from './checks.ts';
import { jwtToken, refusal } from './pds-call.ts';
import { refreshJwt } from './pds-refresh-jwt.ts';
import { demoUser, keepTokens, newcomer, renewed, tokenInfo } from './pds-token-info.ts';
import type { Scene, Step } from './step.ts';

/** Two hours before the `expire_time` of the printed sample. */
export const sampleClock = '2022-02-16T05:59:14.000Z';
const sampleEnd: Form = { says: 'as in the sample, without milliseconds', form: /^2022-02-16T07:59:14Z$/ };

const newUser = 'alice';

const userDocument = 'getUserJwtToken';
const serviceDocument = 'getServiceJwtToken';

const serviceAccount = (scene: Scene, isFirstLogin: boolean) =>
  newcomer(scene, scene.description.pds.domainId, { role: 'superadmin', isFirstLogin });

export const userTokenSteps: readonly Step[] = [
  {
    title: 'A token for a user',
    document: userDocument,
    promise:
      'Application id, private key, domain id and user id give an ITokenInfo. Its expires_in is a number as in the sample, and no string as in the table.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: scene.description.pds.user.userId }),
    check: (answer, scene) => [
      jsonMember(answer, 'expire_time', sampleEnd),
      ...tokenInfo(answer, scene, demoUser(scene, 'jwtApp', true)),
    ],
    keep: keepTokens('user'),
  },
  {
    title: 'Nobody is made without being asked for',
    document: userDocument,
    promise: 'auto_create is false by default: a user who does not exist is not created.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: newUser }),
    check: (answer) => refusal(answer, 404, 'NotFound.User', messages.notFound('user')),
  },
  {
    title: 'auto_create makes the user',
    document: userDocument,
    promise: 'With auto_create a user who does not exist is created.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: newUser, autoCreate: true }),
    check: (answer, scene) => tokenInfo(answer, scene, newcomer(scene, newUser, { isFirstLogin: true })),
  },
  {
    title: 'From then on the user is there',
    document: userDocument,
    promise: 'user_id stands for one user of the domain.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: newUser }),
    check: (answer, scene) => tokenInfo(answer, scene, newcomer(scene, newUser)),
  },
  {
    title: 'A jti as short as the SDK’s',
    document: userDocument,
    promise:
      'The guide to JWT applications wants 16 characters or more; the official SDK sends 7 to 14 and has to be served.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: newUser }, { jti: 'qc6hkwi' }),
    check: (answer, scene) => tokenInfo(answer, scene, newcomer(scene, newUser)),
  },
  {
    title: 'user_id forgotten',
    document: userDocument,
    promise: 'user_id is required; the SDK does not look, and sends an assertion without a subject.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: newUser }, { withoutUser: true }),
    check: (answer) => refusal(answer, 400, 'InvalidParameter.Sub', messages.invalid('sub')),
  },
  {
    title: 'Another private key',
    document: userDocument,
    promise: 'The private key belongs to the public key that the application was given.',
    request: (scene) => jwtToken(scene, { type: 'user', userId: newUser }, { wrongKey: true }),
    check: (answer) => refusal(answer, 400, 'InvalidParameter.Assertion', messages.invalid('assertion')),
  },
];

export const serviceTokenSteps: readonly Step[] = [
  {
    title: 'A token for the service account',
    document: serviceDocument,
    promise: 'Without a user id the token is the domain’s own, with the rights of a super administrator.',
    request: (scene) => jwtToken(scene, { type: 'service' }),
    check: (answer, scene) => tokenInfo(answer, scene, serviceAccount(scene, true)),
    keep: keepTokens('service'),
  },
  {
    title: 'The service account’s token is renewed like any other',
    document: 'refreshJwtToken',
    promise: 'A refresh token of a JWT application gives a new ITokenInfo of the same account.',
    request: refreshJwt('service'),
    check: (answer, scene) => renewed(answer, scene, serviceAccount(scene, false), 'service'),
  },
];
