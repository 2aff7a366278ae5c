/** A person's generated face from 32 bits: the same number gives the same face everywhere. */
const COLOURS = [
  '#ff4d9d',
  '#1fc7b6',
  '#b4e34a',
  '#ffb33c',
  '#9d7bff',
  '#ff7a3d',
  '#ff6467',
  '#56b4ff',
] as const;
const CREAM = '#f7f2e8';

export const BODIES = ['dome', 'round', 'square', 'cone'] as const;
export const MOUTHS = ['smile', 'flat', 'oh'] as const;
export const HATS = ['flag', 'cap', 'bare'] as const;

export interface Face {
  readonly ground: string;
  readonly skin: string;
  readonly body: (typeof BODIES)[number];
  readonly mouth: (typeof MOUTHS)[number];
  readonly hat: (typeof HATS)[number];
}

export function faceFromSeed(seed: number): Face {
  const bits = mix(seed);
  const ground = bits % 8;
  // Seven other colours and cream: body and ground never melt together.
  const other = Math.floor(bits / 8) % 8;
  const skin = other === 0 ? CREAM : (COLOURS[(ground + other) % 8] ?? CREAM);
  const body = pick(BODIES, Math.floor(bits / 64));
  return {
    ground: COLOURS[ground] ?? CREAM,
    skin,
    body,
    mouth: pick(MOUTHS, Math.floor(bits / 1024)),
    // A cone wears no hat: there is no room for one.
    hat: body === 'cone' ? 'bare' : pick(HATS, Math.floor(bits / 16384)),
  };
}

function pick<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('empty list');
  return found;
}

/** Spreads neighbouring seeds over all bits (the finaliser of MurmurHash3). */
function mix(seed: number): number {
  let h = seed >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
