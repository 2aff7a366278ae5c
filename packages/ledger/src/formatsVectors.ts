/** The vectors that the formats print (RFC 6962 trees, the worked checkpoint), for tests. */
import { hexToBytes } from './hex.ts';

/** Bytes from a literal; throws on a typo. */
export function hex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = hexToBytes(text);
  if (!bytes) throw new Error(`not hex: ${text}`);
  return bytes;
}

export const entries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(hex);

/** Of the first 0 … 8 entries. */
export const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex);

export const inclusionOf5In8 = [
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
].map(hex);

export const consistencyOf4In8 = ['6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'].map(
  hex,
);

/** 00..1f and 20..3f. */
export const logSeed = Uint8Array.from({ length: 32 }, (_, i) => i);
export const witnessSeed = Uint8Array.from({ length: 32 }, (_, i) => 32 + i);

export const origin = 'game.example/authority-1';
export const witnessName = 'witness.example/w1';
export const logVkey = 'game.example/authority-1+5fccb15b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4';
export const witnessVkey = 'witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X';

/** 323 bytes. */
export const workedNote = `game.example/authority-1
8
XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

\u2014 game.example/authority-1 X8yxWxQUY0dWFa1yb02KCWzZTfZpBlgKYsmXhi77XBaP+OtvrLa7gDSs78CF6pX7HEqX8k+FEvJClBX/zrRKutondAk=
\u2014 witness.example/w1 IDJKvgAAAABlU/EAnBQphsZCTqkU7DjDeq2JREm/5339nrghTBk6S+OxsZkOv83nkCy26qKAZNLa9kGo3+07+f7wBbhB5MwCRmzlAg==
`;
