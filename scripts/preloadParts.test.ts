import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Manifest, withPreloads } from './preloadParts.ts';

const manifest: Manifest = {
  '../.kit/nodes/1.js': { file: '_app/nodes/1.js', imports: ['_common.js'] },
  '../.kit/nodes/5.js': { file: '_app/nodes/5.js', imports: ['_room.js'] },
  '../.kit/nodes/7.js': { file: '_app/nodes/7.js', imports: ['_room.js'] },
  '../.kit/nodes/11.js': { file: '_app/nodes/11.js', imports: ['_common.js'] },
  '_common.js': { file: '_app/common.js', imports: ['_shell.js'] },
  '_room.js': { file: '_app/room.js', imports: ['_common.js', '_shell.js'], css: ['_app/room.css'] },
  '_shell.js': { file: '_app/shell.js' },
  'lib/play/trivia/TriviaTable.svelte': { file: '_app/table.js', imports: ['_room.js'] },
  '../packages/peer/src/index.ts': { file: '_app/peer.js', imports: ['_room.js'] },
};
const nodes = new Map([
  ['/nodes/1.js', 'export { default } from "../routes/+error.svelte"'],
  ['/nodes/5.js', 'export { default } from "../routes/j/[code]/+page.svelte"'],
  ['/nodes/7.js', 'export { default } from "../routes/r/[room]/+page.svelte"'],
  ['/nodes/11.js', 'export { default } from "../routes/screen/[[place]]/+page.svelte"'],
]);
const page = '<!-- scripts/preloadParts.ts --><link href="/_app/shell.js" rel="modulepreload">';

/** What the page asks for at an address. */
function askedAt(pathname: string): readonly string[] {
  const asked: { href: string; rel: string }[] = [];
  const [, script = ''] =
    /<script data-parts>([\s\S]*)<\/script>/.exec(withPreloads(page, manifest, nodes)) ?? [];
  const document = { createElement: () => ({}), head: { append: (link: never) => asked.push(link) } };
  runInNewContext(script, { location: { pathname }, document, setTimeout: (ask: () => void) => ask() });
  return asked.map(({ rel, href }) => `${rel} ${href}`).sort();
}

describe('[TOOL11] the page', () => {
  it('asks at a room’s address for all that the room needs, and for nothing twice', () => {
    expect(askedAt('/j/482917')).toEqual([
      'modulepreload /_app/common.js',
      'modulepreload /_app/nodes/1.js',
      'modulepreload /_app/nodes/5.js',
      'modulepreload /_app/nodes/7.js',
      'modulepreload /_app/peer.js',
      'modulepreload /_app/room.js',
      'modulepreload /_app/table.js',
      'preload /_app/room.css',
    ]);
  });

  it('asks elsewhere for nothing', () => {
    expect(askedAt('/')).toEqual([]);
    expect(askedAt('/questions')).toEqual([]);
  });

  it('is not built when a part of it is nowhere to be found', () => {
    const without = new Map([...nodes].filter(([name]) => name !== '/nodes/7.js'));
    expect(() => withPreloads(page, manifest, without)).toThrow(/routes\/r\/\[room\]/);
  });
});
