import { utf8ToBytes } from '@fairground/ledger';
import { expect, it } from 'vitest';
import { pictureType } from './pictureType.ts';

const bytesOf = (...parts: readonly (number | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...utf8ToBytes(part)])));

it.each([
  ['image/png', bytesOf(0x89, 'PNG\r\n', 0x1a, '\n', 'anything')],
  ['image/jpeg', bytesOf(0xff, 0xd8, 0xff, 0xe1, 'Exif')],
  ['image/webp', bytesOf('RIFF', 9, 0, 0, 0, 'WEBPVP8 ')],
  [undefined, bytesOf('RIFF', 9, 0, 0, 0, 'WAVEfmt ')],
  [undefined, bytesOf('GIF89a')],
  [undefined, bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [undefined, bytesOf(' ', 0xff, 0xd8, 0xff)],
  [undefined, bytesOf(0xff, 0xd8)],
  [undefined, bytesOf()],
])('[W20] a picture is %s by its first bytes alone', (type, bytes) => {
  expect(pictureType(bytes)).toBe(type);
});
