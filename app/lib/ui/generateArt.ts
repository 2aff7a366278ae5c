/** A poster for a topic that has none of its own: flat shapes in the topic's three tones, the same for the same slug. Only numbers of ours go into the markup: safe for `{@html}`. */
type Draw = (next: Next) => string;
/** The next number below `limit`. */
type Next = (limit: number) => number;

const DEEP = 'var(--accent-deep)';
const LIFT = 'var(--accent-lift)';
const INK = 'var(--art-ink)';

const GROUNDS: readonly Draw[] = [hills, stripes, rays, steps];
const FIGURES: readonly Draw[] = [rings, arches, tiles, pennants, moon];

export function generateArt(slug: string): string {
  const next = numbersOf(slug);
  return pick(GROUNDS, next)(next) + pick(FIGURES, next)(next) + confetti(next);
}

function pick<T>(list: readonly T[], next: Next): T {
  return list[next(list.length)] as T;
}

/** FNV-1a over the letters, then a linear congruential walk (Numerical Recipes). */
function numbersOf(slug: string): Next {
  let state = 0x811c9dc5;
  for (const letter of slug) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function hills(next: Next): string {
  const top = 120 + next(30);
  return `<path d="M-10 ${top + 30}C60 ${top - 40} 120 ${top - 30} 180 ${top + 10}S290 ${top - 20} 330 ${top}V210H-10z" fill="${DEEP}"/>`;
}

function stripes(next: Next): string {
  const width = 22 + next(20);
  return many(
    7,
    (i) => `<path d="M${i * width * 2 - 40} 200 ${i * width * 2 + 40} 0h${width}l-80 200z" fill="${DEEP}"/>`,
  );
}

function rays(next: Next): string {
  const x = 60 + next(200);
  return many(8, (i) => {
    const [a, b] = [(i * Math.PI) / 4, (i * Math.PI) / 4 + 0.36];
    const at = (angle: number) => `${round(x + 400 * Math.cos(angle))} ${round(110 + 400 * Math.sin(angle))}`;
    return `<path d="M${x} 110L${at(a)}L${at(b)}z" fill="${DEEP}"/>`;
  });
}

function steps(next: Next): string {
  const rise = 20 + next(16);
  return many(5, (i) => `<path d="M${i * 64} ${200 - (i + 1) * rise}h64V200h-64z" fill="${DEEP}"/>`);
}

function rings(next: Next): string {
  const [x, y, r] = [120 + next(100), 96 + next(20), 58 + next(22)];
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${INK}"/><circle cx="${x}" cy="${y}" r="${r - 16}" fill="${LIFT}"/><circle cx="${x}" cy="${y}" r="${round(r / 3)}" fill="${INK}"/>`;
}

function arches(next: Next): string {
  const width = 50 + next(14);
  return many(3, (i) => {
    const x = 48 + i * (width + 26);
    return `<path d="M${x} 200v-70a${width / 2} ${width / 2} 0 0 1 ${width} 0v70z" fill="${i === 1 ? LIFT : INK}"/>`;
  });
}

function tiles(next: Next): string {
  const size = 40 + next(10);
  const turn = next(5) * 6 - 12;
  const inner = many(6, (i) => {
    const [x, y] = [98 + (i % 3) * (size + 6), 54 + Math.floor(i / 3) * (size + 6)];
    return `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="10" fill="${(i + turn / 6) % 2 === 0 ? INK : LIFT}"/>`;
  });
  return `<g transform="rotate(${turn} 160 100)">${inner}</g>`;
}

function pennants(next: Next): string {
  const drop = 40 + next(40);
  const cord = `<path d="M-10 30Q160 ${30 + 2 * drop} 330 30" fill="none" stroke="${INK}" stroke-width="5"/>`;
  return (
    cord +
    many(5, (i) => {
      const t = (i + 0.5) / 5;
      const [x, y] = [round(-10 + 340 * t), round(30 + 4 * t * (1 - t) * drop)];
      return `<path d="M${x - 22} ${y}h44l-22 58z" fill="${i % 2 === 0 ? INK : LIFT}"/>`;
    })
  );
}

function moon(next: Next): string {
  const [x, y] = [130 + next(80), 80 + next(24)];
  return `<circle cx="${x}" cy="${y}" r="62" fill="${LIFT}"/><circle cx="${x + 26}" cy="${y - 14}" r="50" fill="${INK}"/><path d="M-10 176h340v34H-10z" fill="${INK}"/>`;
}

function confetti(next: Next): string {
  return many(4, () => `<circle cx="${next(320)}" cy="${next(200)}" r="${5 + next(5)}" fill="${LIFT}"/>`);
}

function many(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
