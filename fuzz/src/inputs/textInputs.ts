/** Texts of lines and words: lines moved, doubled and dropped, words exchanged for others, characters bent. */
import type { Random } from '../random.ts';
import { bendBytes } from './bytes.ts';
import type { Inputs } from './inputs.ts';

const strange = [
  '',
  ' ',
  '\t',
  '\r',
  '\u0000',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u202e',
  'é',
  'e\u0301',
  '\ud800',
  '日',
  '🎉',
  '=',
  '+',
  '—',
];
const numbers = [
  '0',
  '00',
  '1',
  '-1',
  '01',
  '255',
  '256',
  '9007199254740991',
  '9007199254740992',
  '1e3',
  '0x1',
  ' 1',
  '18446744073709551615',
];

/** `words` are what the format knows; `separators` cut words apart. */
export function textInputs(
  seeds: readonly string[],
  words: readonly string[] = [],
  separators = /([ \n\t+:/,"])/,
): Inputs {
  const known = [
    ...words,
    ...new Set(seeds.flatMap((seed) => seed.split(separators)).filter((word) => word.length < 200)),
  ];
  const lines = [...new Set(seeds.flatMap((seed) => seed.split('\n')))];
  const word = (random: Random): string => {
    if (random.oneIn(3)) return random.pick(numbers);
    return random.oneIn(3) ? random.pick(strange) : random.pick(known);
  };
  const bendText = (text: string, random: Random): string => {
    switch (random.below(7)) {
      case 0:
        return inLines(text, (all, place) => all.toSpliced(place, 1), random);
      case 1:
        return inLines(text, (all, place) => all.toSpliced(place, 0, random.pick(lines)), random);
      case 2:
        return inLines(
          text,
          (all, place) => all.toSpliced(place, 0, all[random.below(all.length)] ?? ''),
          random,
        );
      case 3:
        return inLines(text, (all, place) => all.with(place, random.pick(lines)), random);
      case 4:
        return inWords(text, separators, random, () => word(random));
      case 5:
        return inWords(text, separators, random, (old) => bendWord(old, random));
      default: {
        const place = random.below(text.length + 1);
        return text.slice(0, place) + word(random) + text.slice(place);
      }
    }
  };
  return {
    seeds: seeds.map((seed) => new TextEncoder().encode(seed)),
    make(random) {
      let text = random.oneIn(6)
        ? Array.from({ length: random.below(8) }, () => random.pick(lines)).join('\n') +
          (random.oneIn(2) ? '\n' : '')
        : random.pick(seeds);
      do text = bendText(text, random);
      while (random.oneIn(3));
      return new TextEncoder().encode(text);
    },
    bend(input, random, others) {
      if (random.oneIn(3)) return bendBytes(input, random, others);
      return new TextEncoder().encode(bendText(new TextDecoder().decode(input), random));
    },
  };
}

function inLines(text: string, change: (lines: string[], place: number) => string[], random: Random): string {
  const lines = text.split('\n');
  return change(lines, random.below(lines.length)).join('\n');
}

function inWords(text: string, separators: RegExp, random: Random, change: (word: string) => string): string {
  const parts = text.split(separators);
  const place = 2 * random.below((parts.length + 1) >> 1);
  return parts.with(place, change(parts[place] ?? '')).join('');
}

/** One character of a base64 word, or its padding, or its case. */
function bendWord(word: string, random: Random): string {
  const place = random.below(word.length + 1);
  switch (random.below(5)) {
    case 0:
      return (
        word.slice(0, place) +
        random.pick(['A', 'B', '/', '+', '=', '-', '_', '9', 'z']) +
        word.slice(place + 1)
      );
    case 1:
      return word.replace(/=+$/, '');
    case 2:
      return `${word}=`;
    case 3:
      return word.toUpperCase();
    default:
      return word.slice(0, place) + word.slice(place + 1);
  }
}
