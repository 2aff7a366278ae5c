import { bytesToHex, keyToDid, publicKeyFromSeed } from '@fairground/ledger';
import type { Person } from '@fairground/peer';
import { describe, expect, it } from 'vitest';
import { screenPath } from '#lib/room/address.ts';
import { isScreen, lookersOn, wantsOptionsOnly } from './screens.ts';

const key = (byte: number) => publicKeyFromSeed(new Uint8Array(32).fill(byte));
const person = (byte: number, more: object = {}): Person => ({
  key: keyToDid(key(byte)) as never,
  client: byte,
  me: false,
  ...more,
});

describe('[U80] a big screen in the room', () => {
  it('is known by its presence, and is not counted among those who look on', () => {
    const people = [person(1), person(2), person(3, { screen: true }), person(4, { screen: 'yes' })];
    expect(people.filter(isScreen).map(({ client }) => client)).toEqual([3]);
    expect(lookersOn(people, 2)).toBe(1);
    expect(lookersOn([], 2)).toBe(0);
  });

  it('is opened by the code where there is one, else by the room with its capability behind the #', () => {
    const room = 'a'.repeat(26);
    expect(screenPath({ room, code: '482917', cap: 'x' })).toBe('/screen/482917');
    expect(screenPath({ room, code: null, cap: 'AbCdEfGhIjKlMnOpQrStUv' })).toBe(
      `/screen/${room}#cap=AbCdEfGhIjKlMnOpQrStUv`,
    );
  });
});

describe('[U82] answers only', () => {
  const host = bytesToHex(key(1));
  it.each([
    ['the host wants it', { phones: { value: 'options', by: keyToDid(key(1)) } }, true],
    ['the host took it back', { phones: { value: 'all', by: keyToDid(key(1)) } }, false],
    ['somebody else wants it', { phones: { value: 'options', by: keyToDid(key(2)) } }, false],
    ['nobody said anything', {}, false],
  ])('when %s', (_, settings, wanted) => expect(wantsOptionsOnly(settings, host)).toBe(wanted));
});
