/** Whom a connection's limits are counted for: an IPv4 address, or the /64 of an IPv6 one, since a household has a whole /64. */
import { isIPv6 } from 'node:net';

export function addressOf(remote: string | undefined, forwarded: string | undefined): string {
  // Behind a trusted proxy the last entry is the one that the proxy itself wrote.
  const last = forwarded?.split(',').at(-1)?.trim();
  const address = last || remote || 'unknown';
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  return isIPv6(address) ? prefix64(address) : address;
}

function prefix64(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
