/** Whoever comes by a link to a room needs the room's parts: the page asks for them beside its shell, not after it. */

/** What the bundler says of one file: Vite's manifest. */
interface Built {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
export type Manifest = Readonly<Record<string, Built>>;

const PEER = 'packages/peer/src/index.ts';
const TABLE = 'lib/play/trivia/TriviaTable.svelte';
const ROOM = '/routes/r/[room]/+page.svelte';
/** First part of the path → what a page there needs until it is of use, by the ends of the sources' names; Kit wants the error page for all. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  j: ['/routes/j/[code]/+page.svelte', ROOM, TABLE, PEER],
  r: [ROOM, TABLE, PEER],
  screen: ['/routes/screen/[[place]]/+page.svelte', PEER],
};
const ERROR_PAGE = '/routes/+error.svelte';

/**
 * The page with a script in its head that asks for what its address needs. `nodes`: the bundler's name of each page of the app → the source
 * that it wraps. Fails where a name is not found: a page that moved must not become slow unnoticed.
 */
export function withPreloads(html: string, manifest: Manifest, nodes: ReadonlyMap<string, string>): string {
  const keyOf = (source: string): string => {
    const node = [...nodes].find(([, wrapped]) => wrapped.includes(source))?.[0];
    const key = Object.keys(manifest).find((name) => name.endsWith(node ?? source));
    if (key === undefined) throw new Error(`nothing was built from ${source}`);
    return key;
  };
  const parts = Object.entries(NEEDS).map(([place, sources]) => {
    const needed = filesOf(manifest, [ERROR_PAGE, ...sources].map(keyOf));
    return [place, needed.filter((file) => !html.includes(file))] as const;
  });
  const script = `<script data-parts>
      {
        const parts = ${JSON.stringify(Object.fromEntries(parts))};
        const ask = () => {
          for (const file of parts[location.pathname.split('/')[1]] ?? []) {
            const isStyle = file.endsWith('.css');
            const link = { href: '/' + file, rel: isStyle ? 'preload' : 'modulepreload', as: isStyle ? 'style' : 'script' };
            document.head.append(Object.assign(document.createElement('link'), link));
          }
        };
        // The shell is asked for first; a script behind its style sheets would wait for them to come.
        setTimeout(ask);
      }
    </script>`;
  if (!html.includes(PLACE)) throw new Error(`the page has no place for its parts: ${PLACE}`);
  return html.replace(PLACE, () => script);
}

/** Before all that a script would have to wait for. */
const PLACE = '<!-- scripts/preloadParts.ts -->';

/** With all that they import statically and their style sheets, scripts first. */
function filesOf(manifest: Manifest, keys: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(manifest[key]?.imports ?? []));
  }
  const built = [...seen].flatMap((key) => manifest[key] ?? []);
  return [...new Set([...built.map(({ file }) => file), ...built.flatMap(({ css = [] }) => css)])];
}
