import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { knownVerdicts } from '@fairground/ledger/testing/knownVerdicts';
import { describe, expect, it, vi } from 'vitest';
import { forgetEdges, freshEdges, hit } from './coverage.ts';
import { search, verdictOf } from './engine.ts';
import { partsInputs } from './inputs/partsInputs.ts';
import { randomBytes } from './inputs/bytes.ts';
import { instrument, isReader } from './instrument.ts';
import { claim, type Target } from './target.ts';
import { targets } from './targets/index.ts';

// Yjs warns of client ids that are used twice: that is what is tried here.
vi.spyOn(console, 'warn').mockImplementation(() => {});

const fixtures = new URL('../fixtures/', import.meta.url);

describe('[X60] every reader of what strangers write', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    '%s takes hundreds of inputs without a fault',
    async (_, target) => {
      const { findings, accepted } = await search(target, { inputs: 400, seed: 7 });
      expect(findings).toEqual([]);
      // The search reaches what lies behind the first refusal; no token is ever right.
      if (target.name !== 'token') expect(accepted).toBeGreaterThan(0);
    },
  );
});

describe('[X61] what once broke a reader', () => {
  const cases = readdirSync(fixtures).flatMap((name) =>
    readdirSync(new URL(`${name}/`, fixtures)).map((file) => [name, file] as const),
  );
  it.each(cases)('%s: %s does no more', async (name, file) => {
    const target = targets.find((each) => each.name === name) ?? expect.fail(`there is no target ${name}`);
    const input = new Uint8Array(readFileSync(new URL(`${name}/${file}`, fixtures)));
    expect(await verdictOf(target, input)).toBeTypeOf('boolean');
  });
});

describe('[X62] the search itself', () => {
  const planted = `(function read(bytes) {
    if (bytes[0] === 70) if (bytes[1] === 65) if (bytes[2] === 73) throw new Error('found');
    return bytes.length > 0 && bytes[0] === 70;
  })`;
  const blank = partsInputs([new Uint8Array(3)], (random) => randomBytes(random, 3));
  const read = (code: string): Target => ({
    name: 'planted',
    about: '',
    inputs: blank,
    check: runInThisContext(code) as Target['check'],
  });

  it('finds three bytes in a row by the branches that they open, and not without', async () => {
    vi.stubGlobal('__fairgroundHit', hit);
    forgetEdges();
    const [hook = '', code = ''] = instrument(planted).split(/(?<=;)(?=\()/);
    const guided = read(`{${hook}${code}}`);
    const wish = { inputs: 300_000, seed: 3 };
    const { findings } = await search(guided, { ...wish, freshEdges });
    expect(findings.map(({ message }) => message.split(' at ')[0])).toEqual(['Error: found']);
    expect((await search(read(planted), wish)).findings).toEqual([]);
  });

  it('keeps a second spelling that was accepted, made as small as it gets, once', async () => {
    const target: Target = {
      ...read(planted),
      check(input) {
        claim(!input.includes(0x80), 'a second spelling was accepted');
        return true;
      },
    };
    const { findings } = await search(target, { inputs: 5_000, seed: 1 });
    expect(findings.map(({ kind, input }) => [kind, [...input]])).toEqual([['broke', [0x80]]]);
  });

  it('asks the engine once for a signature, and anew for every other key, message and signature', () => {
    const [one, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const [message, changed] = [new Uint8Array([1, 2, 3]), new Uint8Array([1, 2, 4])];
    const good = sign(null, message, one.privateKey);
    const asked = vi.fn((...all: Parameters<Parameters<typeof knownVerdicts>[0]>) => verify(...all));
    const known = knownVerdicts(asked);
    const tries = [
      [message, one.publicKey, good, true],
      [changed, one.publicKey, good, false],
      [message, other.publicKey, good, false],
      [message, one.publicKey, sign(null, changed, one.privateKey), false],
      [message, one.publicKey, good.subarray(0, 63), false],
    ] as const;
    for (let round = 0; round < 2; round++)
      for (const [text, key, signature, verdict] of tries)
        expect(known(null, text, key, signature)).toBe(verdict);
    expect(asked).toHaveBeenCalledTimes(tries.length);
  });

  it.each([
    ['file:///home/fuzz/main/packages/ledger/src/cborRead.ts', true],
    ['file:///home/fuzz/main/node_modules/.pnpm/yjs@1/node_modules/yjs/dist/yjs.mjs', true],
    ['file:///home/fuzz/main/packages/ledger/src/testing/counter.ts', false],
    ['file:///home/fuzz/main/fuzz/src/engine.ts', false],
  ])('counts the branches of readers, wherever the project lies: %s', (url, is) => {
    expect(isReader(url)).toBe(is);
  });

  it('instruments every way of branching without changing what the code does', () => {
    vi.stubGlobal('__fairgroundHit', hit);
    const code = `(function (n) {
      const half = (x) => x > 4 ? x / 2 : x || 9;
      let sum = 0;
      for (const i of [1, 2, 3]) if (i % 2) sum += i; else if (n) sum += 10; else sum -= 1;
      while (sum < 20) { sum += n ?? 5; }
      do sum++; while (sum % 7);
      switch (n) { case 1: sum += 1; case 2: sum += half(n); break; default: sum += half(sum) && 3; }
      try { if (n === 3) throw new Error('x'); } catch { sum = -sum; }
      return sum;
    })`;
    const [hook = '', body = ''] = instrument(code).split(/(?<=;)(?=\()/);
    const [plain, marked] = [code, `{${hook}${body}}`].map(
      (text) => runInThisContext(text) as (n: number) => number,
    );
    for (const n of [1, 2, 3, 4]) expect(marked?.(n)).toBe(plain?.(n));
  });
});
