/** UTF-8 that was read as Windows-1252 and written again: `BeyoncÃ©` → `Beyoncé`, where nothing else can be meant. */
import { windows1252, windows1252Byte } from './windows1252.ts';

/**
 * What can follow a lead byte's letter in mojibake and hardly in a language: symbols, C1 controls and the letters of
 * 80–9f. The quotes, dashes and dots of that row are ordinary after a letter, so they count only inside a word.
 */
const SYMBOL = '\u0080-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ';
const QUOTE = '…‘’“”–—';
/** â and two tails are punctuation, € and ™; Â and Ã make Latin-1, Å and Ä the rest of European Latin. */
const DOUBLED = new RegExp(
  `â[€‚„][${SYMBOL}${QUOTE}]|[ÂÃÄÅ][${SYMBOL}]|(?<!\\p{Lu})[ÂÃÄÅ][${QUOTE}](?=\\p{L})`,
  'gu',
);
const C1_CONTROL = /[\u0080-\u009f]/gu;
/** Some texts went through the mill twice. */
const ROUNDS = 2;

export function repairMojibake(text: string): string {
  let repaired = text;
  for (let round = 0; round < ROUNDS; round++) repaired = repaired.replace(DOUBLED, undouble);
  return repaired.replace(C1_CONTROL, (char) => windows1252(char.charCodeAt(0)));
}

function undouble(found: string): string {
  const bytes = Array.from(found, (char) => windows1252Byte(char) ?? 0);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return found;
  }
}
