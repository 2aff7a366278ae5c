/** Question text as it is stored (clean) and as it is compared (normal). */

/** Bidirectional controls, zero-width spaces, soft hyphens: they change what a reader sees, or hide a difference. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const SPACES_AND_CONTROLS = /[\s\p{Cc}\p{Z}]+/gu;
const APOSTROPHES = /['‘’ʼ`´]/gu;
/** A minus before a number is no punctuation: −5 and 5 are two answers. */
const PUNCTUATION = /(?!(?<![\p{L}\p{N}])[-−–](?=\d))\p{P}+/gu;

/** NFC, one line, single spaces, nothing invisible; a lone surrogate becomes U+FFFD. */
export function cleanText(raw: string): string {
  return raw.toWellFormed().normalize('NFC').replace(INVISIBLE, '').replace(SPACES_AND_CONTROLS, ' ').trim();
}

/** The form in which duplicates meet: case folded, apostrophes gone, other punctuation and white space one space. */
export function normalText(raw: string): string {
  const folded = foldCase(cleanText(raw));
  const bare = folded.replace(APOSTROPHES, '').replace(PUNCTUATION, ' ').replace(/\s+/gu, ' ').trim();
  return bare === '' ? folded : bare;
}

/** Upper before lower, so that ß and ss, ς and σ are the same letter. */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().normalize('NFC');
}
