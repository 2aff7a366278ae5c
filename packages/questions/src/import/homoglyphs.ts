/** Cyrillic letters that slipped into Latin text because they look the same: `Тhe`, `Еl Dorado`, `microscopе`. */

const CYRILLIC = 'АВЕЅІЈКМНОРСТХаеѕіјорсух';
const LATIN = 'ABESIJKMHOPCTXaesijopcyx';
const LOOKALIKE = new RegExp(`[${CYRILLIC}]`, 'u');
const OTHER_CYRILLIC = new RegExp(`(?![${CYRILLIC}])\\p{Script=Cyrillic}`, 'u');

/** Only in a text that has Latin letters and no Cyrillic one that could not be a slip. */
export function repairHomoglyphs(text: string): string {
  if (!LOOKALIKE.test(text) || OTHER_CYRILLIC.test(text) || !/\p{Script=Latin}/u.test(text)) return text;
  return text.replaceAll(new RegExp(LOOKALIKE, 'gu'), (char) => LATIN[CYRILLIC.indexOf(char)] ?? char);
}
