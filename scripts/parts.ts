/** Which files the app is put together into: a phone far away asks for a few of some size sooner than for a hundred small ones. */
import type { Plugin, Rollup } from 'vite';

/** Each with all that it alone needs; what an earlier one has is not in a later one. */
const PARTS: readonly (readonly [name: string, roots: RegExp])[] = [
  // Kit reads its payload while it is evaluated, so what fills it must be a file of its own, with what every file needs.
  ['payload', /\/runtime\/client\/payload\.js$|preload-helper|rolldown\/runtime/],
  // As Kit wants it: its name does not change with what it says.
  ['sveltekit-manifest', /<sveltekit:generated>\/app-manifest\.js$/],
  ['shell', /\/app\/routes\/\+(layout|error)\.svelte$|\/runtime\/client\/client\.js$/],
  ['gate', /\/app\/routes\/(\+page|create\/\+page|create\/CreateDialog|j\/\[code\]\/\+page)\.svelte$/],
  ['peer', /\/packages\/peer\/src\/index\.ts$/],
  ['room', /\/app\/routes\/r\/\[room\]\/\+page\.svelte$|\/app\/lib\/play\/trivia\/TriviaTable\.svelte$/],
  ['match', /\/app\/lib\/play\/trivia\/(Question|Reveal|Over)\.svelte$/],
];

/**
 * On the way to a seat. Nearly all of them is run at once: V8 reads this and compiles it while it arrives, beside the page's thread, instead of
 * function by function on it.
 */
const AT_ONCE = new Set(['shell', 'gate', 'peer', 'room']);

export function parts(): Plugin {
  const groups = PARTS.map(([name, test], index) => ({ name, test, priority: PARTS.length - index }));
  const output = { codeSplitting: { groups } };
  return {
    name: 'fairground-parts',
    config: () => ({ environments: { client: { build: { rolldownOptions: { output } } } } }),
    generateBundle: {
      // The hint counts before all code alone, and Vite still puts some in front.
      order: 'post',
      handler(_, bundle) {
        const made = Object.values(bundle).filter((part) => part.type === 'chunk');
        for (const part of made) if (AT_ONCE.has(part.name)) part.code = `${COMPILE_ALL}\n${part.code}`;
        const early = tooEarly(made);
        if (early !== undefined) this.error(`${early} is evaluated before Kit has its payload`);
      },
    },
  };
}

const COMPILE_ALL = '//# allFunctionsCalledOnLoad';
const START = '/runtime/client/entry.js';

type Made = Pick<Rollup.OutputChunk, 'name' | 'fileName' | 'imports' | 'facadeModuleId'>;

/** A file that the start waits for and that is not the payload's, by its name. */
export function tooEarly(made: readonly Made[]): string | undefined {
  const named = (file: string) => made.find(({ fileName }) => fileName === file);
  const start = made.find(({ facadeModuleId }) => facadeModuleId?.endsWith(START));
  const first = start?.imports.flatMap((file) => [file, ...(named(file)?.imports ?? [])]) ?? [];
  return first.find((file) => named(file)?.name !== 'payload');
}
