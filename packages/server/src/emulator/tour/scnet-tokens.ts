/** What the tokens of SCNet hold, and the rows that a login gives. */

import { jwtHeader, type RegionRow, readLoginData } from '@hufu/wire/scnet';
import { check, claims, type Form, jsonOf, jwtHeaderText, textMember } from './checks.ts';
import { answered } from './scnet-call.ts';
import type { Check, Scene, TourAnswer } from './step.ts';

export const tokenLifetimeMs = 24 * 60 * 60 * 1000;

const grantId: Form = { says: 'of the form of a UUID v4', form: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/ };

/** The documented claims with ours behind, all of them texts. */
export function regionToken(token: string, { description, nowMs }: Scene): Check[] {
  const { orgId, user } = description.scnet;
  return [
    jwtHeaderText(token, jwtHeader),
    ...claims(token, {
      computeUser: 'act0001',
      accountStatus: 'Normal',
      creator: 'ac',
      role: '1',
      expireTime: String(nowMs + tokenLifetimeMs),
      clusterId: '11112',
      invoker: orgId,
      user,
      userId: '11655048541',
      grantId,
      generation: '0',
    }),
  ];
}

export const rowsOf = (answer: TourAnswer): readonly RegionRow[] => readLoginData(jsonOf(answer.body).data) ?? [];

/** Members of the envelope in the order of the sample. */
export const inOrder = (answer: TourAnswer, ...names: readonly string[]): Check => {
  const found = Object.keys(jsonOf(answer.body)).join(', ');
  return check(`members ${names.join(', ')}, in this order`, found === names.join(', '), found);
};

/** A row for each region of the demo user: `null` where the account is disabled, and the platform's own last. */
export function loginRows(answer: TourAnswer, scene: Scene): Check[] {
  const rows = rowsOf(answer);
  const { clusters } = scene.description.scnet;
  const told = (id: string, token: boolean): string => `${id} ${token ? 'with' : 'without'} a token`;
  const found = rows.map(({ clusterId, token }) => told(clusterId, token !== null));
  const wanted = clusters.map(({ clusterId, status }) => told(clusterId, status !== 'Disable'));
  return [
    ...answered(answer),
    inOrder(answer, 'msg', 'code', 'data'),
    check(`rows ${wanted.join(', ')}`, wanted.toSorted().join() === found.toSorted().join(), found.join(', ')),
    check('the row 0, ac last', rows.at(-1)?.clusterId === '0' && rows.at(-1)?.clusterName === 'ac', 'another'),
    ...regionToken(rows.find(({ clusterId }) => clusterId === '11112')?.token ?? '', scene),
  ];
}

export const keepRows = (answer: TourAnswer): Record<string, string> => {
  const of = (id: string): string => rowsOf(answer).find(({ clusterId }) => clusterId === id)?.token ?? '';
  return { token: of('11112'), platform: of('0') };
};

/** The renewal's answer: its table calls `data` an array, its sample prints the new token. */
export const renewed = (answer: TourAnswer, scene: Scene): Check[] => [
  ...answered(answer),
  inOrder(answer, 'msg', 'code', 'data'),
  ...regionToken(textMember(answer, 'data'), scene),
];
