/** Windows-1252 (WHATWG Encoding); the five bytes without a character keep their number, as the standard says. */

const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES = new Map(Array.from(C1).map((char, index) => [char, 0x80 + index]));

export function windows1252(byte: number): string {
  return byte >= 0x80 && byte < 0xa0 ? (C1[byte - 0x80] ?? '') : String.fromCharCode(byte);
}

/** The byte of a character; also of a C1 control, which is what a Latin-1 reader makes of the byte. */
export function windows1252Byte(char: string): number | undefined {
  const code = char.charCodeAt(0);
  return code < 0x100 ? code : BYTES.get(char);
}
