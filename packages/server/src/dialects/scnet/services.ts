/** Where a region's services are, as an operator says it: the lists of the wire, with everything but the addresses optional. */

import { type Center, type TextBoolean, textBoolean } from '@hufu/wire/scnet';
import type { RegionServices } from '../../core/region.ts';

export type ServiceLists = Pick<Center, 'ingressUrls' | 'efileUrls' | 'eshellUrls' | 'hpcUrls' | 'aiUrls'>;

/** Addresses of one service. */
const mostUrls = 32;
/** Of an address, and of each text beside it. */
const longestText = 1024;
const httpUrl = /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/;
const visible = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** Ends a reading; `regionServices` makes a value of it. */
class Problem extends Error {
  override readonly name = 'Problem';
}

export const regionServices: RegionServices = {
  read(given) {
    try {
      return { ok: true, json: JSON.stringify(readServices(given)) };
    } catch (error) {
      if (error instanceof Problem) return { ok: false, problem: error.message };
      throw error;
    }
  },
};

/** Every list, in the form of the wire. */
export function readServices(given: unknown): ServiceLists {
  const lists = membersOf('services', given, ['ingressUrls', 'efileUrls', 'eshellUrls', 'hpcUrls', 'aiUrls']);
  const plain = (one: Entry) => ({ enable: one.isOn('enable', true), version: one.text('version'), url: one.url() });
  const managed = (one: Entry) => ({ ...plain(one), isManagerNode: one.isOn('isManagerNode', true) });
  const file = (one: Entry) => ({
    ...plain(one),
    nodeName: one.text('nodeName'),
    fastTransEnable: one.isOn('fastTransEnable', false),
    udpPort: one.text('udpPort'),
  });
  const plainNames = ['enable', 'version', 'url'];
  const managedNames = [...plainNames, 'isManagerNode'];
  const fileNames = [...plainNames, 'nodeName', 'fastTransEnable', 'udpPort'];
  return {
    ingressUrls: entriesOf(lists, 'ingressUrls', managedNames).map(managed),
    efileUrls: entriesOf(lists, 'efileUrls', fileNames).map(file),
    eshellUrls: entriesOf(lists, 'eshellUrls', plainNames).map(plain),
    hpcUrls: entriesOf(lists, 'hpcUrls', managedNames).map(managed),
    aiUrls: entriesOf(lists, 'aiUrls', plainNames).map(plain),
  };
}

type Members = Readonly<Record<string, unknown>>;

/** One address with what stands beside it. */
interface Entry {
  url(): string;
  /** Empty where nothing is said; a port or a version may be written as a number. */
  text(name: string): string;
  /** Operators may write the texts of the wire, or what they mean. */
  isOn(name: string, otherwise: boolean): TextBoolean;
}

function entriesOf(lists: Members, list: string, names: readonly string[]): readonly Entry[] {
  const given = lists[list] ?? [];
  if (!Array.isArray(given) || given.length > mostUrls) {
    throw new Problem(`${list}: allowed: a list of at most ${mostUrls} addresses`);
  }
  return given.map((entry: unknown, at) => entryOf(`${list}.${at}`, membersOf(`${list}.${at}`, entry, names)));
}

const entryOf = (place: string, members: Members): Entry => ({
  url() {
    const { url } = members;
    if (typeof url === 'string' && url.length <= longestText && httpUrl.test(url)) return url;
    throw new Problem(`${place}.url: allowed: an address with http:// or https://, without a query`);
  },
  text(name) {
    const given = members[name] ?? '';
    const text = typeof given === 'number' ? String(given) : given;
    if (typeof text === 'string' && text.length <= longestText && visible.test(text)) return text;
    throw new Problem(`${place}.${name}: allowed: at most ${longestText} visible characters`);
  },
  isOn(name, otherwise) {
    const given = members[name] ?? otherwise;
    if (typeof given === 'boolean') return textBoolean(given);
    if (given === 'true' || given === 'false') return given;
    throw new Problem(`${place}.${name}: allowed: true or false`);
  },
});

function membersOf(place: string, given: unknown, known: readonly string[]): Members {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Problem(`${place}: allowed: an object`);
  }
  const unknown = Object.keys(given).some((name) => !known.includes(name));
  if (unknown) throw new Problem(`${place}: allowed: ${known.join(', ')}`);
  return { ...given };
}
