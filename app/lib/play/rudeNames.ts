/** Names that nobody wants on a big screen at a school: whole words and their usual disguises, in English and German. A filter, not a judge: whoever wants to be rude finds a way. */
const WORDS =
  'arse arsehole ass asshole bastard bitch bollocks cock cunt dick dickhead fuck fucker fucking motherfucker nigga nigger penis piss prick pussy shit shithead bullshit dipshit slut tits twat vagina wanker whore nazi hitler heil ' +
  'arsch arschloch fick ficken ficker fotze hure hurensohn kacke kanake muschi neger nutte pimmel scheisse schlampe schwanz schwuchtel titten wichser wixer';
/** Long enough to be meant wherever they stand, also without blanks. */
const ANYWHERE = 'arschloch asshole fotze fuck hitler hurensohn motherfuck nigger scheisse wichser';

const rude = new Set(WORDS.split(' '));
const anywhere = ANYWHERE.split(' ');
const DIGITS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  ß: 'ss',
};

export function isRude(name: string): boolean {
  const plain = foldWord(name);
  const words = plain.split(/[^a-z]+/u).filter((word) => word !== '');
  if (words.some((word) => rude.has(word) || rude.has(unstretch(word)))) return true;
  // Spelt out with blanks or dots between single letters.
  const letters = words.every((word) => word.length === 1) ? words.join('') : '';
  const joined = unstretch(plain.replaceAll(/[^a-z]/gu, ''));
  return rude.has(letters) || anywhere.some((word) => joined.includes(unstretch(word)));
}

function foldWord(name: string): string {
  const letters = [...name.normalize('NFKD').toLowerCase()].map((letter) => DIGITS[letter] ?? letter);
  return letters.join('').replaceAll(/\p{M}/gu, '');
}

/** `fuuuck` is `fuck`: a letter that is repeated counts once. */
function unstretch(word: string): string {
  return word.replaceAll(/(.)\1+/gu, '$1');
}
