/** The same bits in V8, JavaScriptCore and QuickJS. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { getQuickJS } from 'quickjs-emscripten';
import { build, type Plugin } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Golden } from './testing/index.ts';

const goldens = ['nim', 'trivia', 'party'];
const jsc = [
  '/usr/bin/jsc',
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/jsc',
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/jsc',
].find((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'fairground-engines-'));
let script = '';

beforeAll(async () => {
  script = await bundled();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(goldens)('the golden ledger of %s', (name) => {
  const json = readFileSync(new URL(`../fixtures/golden/${name}.json`, import.meta.url), 'utf8');
  const golden: Golden = JSON.parse(json);
  const call = `engine.replayGolden(${JSON.stringify(json)})`;

  it('[R7] is the same in a bare V8', () => {
    expect(runInNewContext(`${script}\n${call}`)).toBe(golden.states.join('\n'));
  });

  it.skipIf(!jsc)(
    '[R7] is the same in JavaScriptCore',
    () => {
      const file = join(folder, `${name}.js`);
      writeFileSync(file, `${script}\nprint(${call});`);
      const printed = execFileSync(jsc ?? '', [file], { encoding: 'utf8', maxBuffer: 1 << 24 });
      expect(printed.trim()).toBe(golden.states.join('\n'));
    },
    60_000,
  );

  it('[R7] is the same in QuickJS', async () => {
    const context = (await getQuickJS()).newContext();
    const result = context.unwrapResult(context.evalCode(`${script}\n${call}`));
    const printed: unknown = context.dump(result);
    result.dispose();
    context.dispose();
    expect(printed).toBe(golden.states.join('\n'));
  });
});

/** The ledger's segments are imported when they are made, which the rules never do. */
const withoutAutomerge: Plugin = {
  name: 'without-automerge',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('@automerge/') ? { id, external: true } : null),
};

/** Rules, ledger and their libraries as one classic script that defines `engine`. */
async function bundled(): Promise<string> {
  const entry = new URL('testing/engine.ts', import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [withoutAutomerge],
    root: new URL('.', import.meta.url).pathname,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name: 'engine' },
    },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
}
