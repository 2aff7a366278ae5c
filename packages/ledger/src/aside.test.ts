import { describe, expect, it } from 'vitest';
import { type Aside, type AsideWord, checkAside } from './aside.ts';
import { writeBundle } from './bundle.ts';
import { zipSource } from './bundleSource.ts';
import type { Bytes } from './bytes.ts';
import { unwrap } from './result.ts';
import { buildWorld, counter, guessing } from './testing/index.ts';
import { verify } from './verify.ts';

const games = [counter];
const built = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'aside', script: guessing });
const honest = writeBundle(built);

async function reportOf(file: Bytes, aside?: Aside) {
  const source = zipSource(file);
  if (!source.ok) return source.code;
  const { ms: _ms, ...report } = await verify(source.value, {
    games,
    level: 'full',
    ...(aside ? { aside } : {}),
  });
  return report;
}

/** Everything in one thread here: what is divided is the work. */
const inHere: Aside = { from: 0, check: checkAside };

describe('verify with a second thread', () => {
  it('[L148] an honest file has the same report, though each thread has looked at a part', async () => {
    const alone = await reportOf(honest);
    expect(alone).toMatchObject({ valid: true });
    const words: (AsideWord | undefined)[] = [];
    const watched: Aside = {
      from: 0,
      async check(file) {
        const word = await checkAside(file);
        words.push(word);
        return word;
      },
    };
    expect(await reportOf(honest, watched)).toEqual(alone);
    expect(words).toEqual([expect.objectContaining({ signatures: 3 })]);
  });

  it('[L148] a changed byte, wherever it is, has the same report', { timeout: 60_000 }, async () => {
    for (let at = 0; at < honest.length; at += 23) {
      const changed = Uint8Array.from(honest);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const alone = await reportOf(changed);
      expect(alone).not.toMatchObject({ valid: true });
      expect({ at, report: await reportOf(changed, inHere) }).toEqual({ at, report: alone });
    }
  });

  it('[L148] a thread that dies, or finds fault where there is none, changes nothing', async () => {
    const alone = await reportOf(honest);
    const dead: Aside = { from: 0, check: () => Promise.reject(new Error('gone')) };
    const wrong: Aside = { from: 0, check: async () => undefined };
    for (const aside of [dead, wrong]) expect(await reportOf(honest, aside)).toEqual(alone);
  });

  it('[L148] the other entries that a thread may have been given are not taken for these', async () => {
    const other = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'other', script: guessing });
    const elsewhere: Aside = { from: 0, check: () => checkAside(writeBundle(other)) };
    expect(await reportOf(honest, elsewhere)).toEqual(await reportOf(honest));
  });

  it('[L148] small files, and the quick level, are not worth a thread', async () => {
    const never: Aside = {
      from: honest.length + 1,
      check: () => Promise.reject(new Error('was asked')),
    };
    expect(await reportOf(honest, never)).toEqual(await reportOf(honest));
    const asked: string[] = [];
    const noting: Aside = {
      from: 0,
      async check() {
        asked.push('asked');
        return undefined;
      },
    };
    await verify(unwrap(zipSource(honest)), { games, level: 'quick', aside: noting });
    expect(asked).toEqual([]);
  });
});
