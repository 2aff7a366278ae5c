import { expect, test } from 'vitest';
import { windows1252, windows1252Byte } from './windows1252.ts';

test('[Q11] the table agrees with the platform’s Windows-1252 in all 256 bytes, both ways', () => {
  const platform = new TextDecoder('windows-1252');
  for (let byte = 0; byte < 256; byte++) {
    const char = platform.decode(Uint8Array.of(byte));
    expect(windows1252(byte)).toBe(char);
    expect(windows1252Byte(char)).toBe(byte);
  }
});
