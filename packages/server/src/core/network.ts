/** Whose attempts count together: an IPv4 address, or the IPv6 network of 64 bits that one subscriber has for themselves. */

const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** @param address as the socket or a proxy gave it; what is no address stands for itself. */
export function networkOf(address: string): string {
  const known = address.replace(/%.*$/, '').toLowerCase();
  const four = mapped.exec(known)?.[1];
  if (four !== undefined) return four;
  if (!/^[0-9a-f:.]+$/.test(known) || !known.includes(':')) return known;
  const [head = '', tail] = known.split('::', 2);
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const gap = tail === undefined ? 0 : Math.max(0, groups - before.length - after.length);
  return `${[...before, ...Array<string>(gap).fill('0'), ...after].slice(0, groups / 2).join(':')}::/64`;
}

const groups = 8;

/** An IPv4 address at the end takes the place of two groups. */
const groupsOf = (text: string): string[] =>
  text === ''
    ? []
    : text.split(':').flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [group.replace(/^0+(?=.)/, '')]));
