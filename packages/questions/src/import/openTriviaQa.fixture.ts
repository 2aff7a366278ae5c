/** A file of our own writing with every byte-level trouble that the real ones have. */

/** Strings become UTF-8, numbers are bytes as they are. */
export function bytesOf(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
  );
}

export const MIXED = bytesOf(
  '\n#Q Which ball game has a “tie-break”?\n^ Tennis\nA Polo\nB Tennis\nC Golf\nD Bowls\n\n',

  '#Q Who wrote the ',
  0x93,
  'Ode to Joy',
  0x94,
  '?\r\n^ Schiller\r\nA Schiller\r\nB M',
  0xf6,
  'rike\r\n\r\n',
  '#Q These are three lines of a song that we made up:\rA little bit of rain,\rand home again\rhow many words are in line one?\r^ Five\rA Four\rB Five\r',
  '#Q BeyoncÃ© was born in Houston.\n^ True\nA False\nB True\n\n',
  '#Q The ',
  0xe2,
  0x80,
  0x9c,
  'quoted',
  0xe2,
  0x80,
  '? word is a verb form.\n^ Yes\nA Yes\nB No\n\n',
  '#Q \u0422he first letter here is no Latin one.\n^ \u0410 fact\nA A fact\nB A tale\n',
);

/** One block for each way to be wrong; the comment is its line. */
export const BROKEN = bytesOf(
  'stray words\n', // 1
  '#Q No right answer?\nA One\nB Two\n\n', // 2
  '#Q Not among them?\n^ Three\nA One\nB Two\n\n', // 6
  '#Q Two the same?\n^ One\nA One\nB Two\nC Two\n\n', // 11
  '#Q An empty one?\n^ One\nA One\nB \n\n', // 17
  '#Q\n^ One\nA One\nB Two\n\n', // 22
  '#Q Only one?\n^ One\nA One\n\n', // 27
  '#Q Two right?\n^ One\n^ Two\nA One\nB Two\n\n', // 31
  '#Q A line too many?\n^ One\nA One\nB Two\nor so\n\n', // 37
  '#Q A letter too far?\n^ One\nA One\nC Two\n\n', // 43
  '#Q ',
  0xd0,
  '?nly a letter lost?\n^ One\nA One\nB Two\n\n', // 48
  `#Q ${'Too long? '.repeat(71)}\n^ One\nA One\nB Two\n`, // 53
);
