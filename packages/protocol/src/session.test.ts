import { bytesToHex, publicKeyFromSeed, signEd25519, verifyEd25519Sync } from '@fairground/ledger';
import { expect, it } from 'vitest';
import { dialledHost, formatDid, sessionMessage } from './index.ts';

const seed = new Uint8Array(32).map((_, i) => i);
const key = publicKeyFromSeed(seed);
const claim = {
  host: 'localhost:8080',
  key: formatDid(key),
  expires: 1_800_000_000_000,
  challenge: new Uint8Array(32).fill(1),
};

it('[W6] what is signed is the prefix and canonical CBOR of host, key, expiry and challenge', () => {
  const message = sessionMessage(claim);
  const text = new TextDecoder().decode(message.subarray(0, 22));
  expect(text).toBe('fairground/session/v1\n');
  // 84 = list of four, 6e = text of 14, 78 38 = text of 56, 1b = u64, 58 20 = 32 bytes.
  expect(bytesToHex(message.subarray(22, 24))).toBe('846e');
  expect(bytesToHex(message).endsWith(`1b000001a3185c50005820${'01'.repeat(32)}`)).toBe(true);
});

it('[W6] a signature for one relay does not serve another', () => {
  const signature = signEd25519(seed, sessionMessage(claim));
  expect(verifyEd25519Sync(key, sessionMessage(claim), signature)).toBe(true);
  expect(verifyEd25519Sync(key, sessionMessage({ ...claim, host: 'localhost:8081' }), signature)).toBe(false);
});

it.each([
  ['http://fair.example/x', 'fair.example:80'],
  ['wss://fair.example', 'fair.example:443'],
  ['https://fair.example:8443', 'fair.example:8443'],
  ['ws://192.168.1.7:8080/docs', '192.168.1.7:8080'],
  ['http://[::1]:8080', '[::1]:8080'],
])('[W6] %s is dialled as %s', (url, host) => {
  expect(dialledHost(url)).toBe(host);
});

it('[W6] what is not dialled has no host', () => {
  expect(() => dialledHost('file:///x')).toThrow('not dialled');
});
