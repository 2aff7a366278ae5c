/** Weighs the app shell: the JavaScript that `index.html` and its start code load before anybody acts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { exit } from 'node:process';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

const limit = 120_000;
const mostFiles = 25;
/** Comes as soon as the page is idle (U232): nobody has to act for it. */
const WORKER = 'service-worker.js';
const build = 'app/build';

export interface Weight {
  readonly file: string;
  readonly bytes: number;
}

/** Files of the shell: all that the page names, and whatever those import statically. `read` gives a file's text by its path. */
export function shellFiles(page: string, read: (file: string) => string): readonly string[] {
  const files = new Set<string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const next of staticImports(read(file))) add(posix.join(dirname(file), next));
  };
  for (const [, file] of withoutParts(page).matchAll(/["'(]\/?([^"'()\s]+\.js)["')]/g))
    if (file !== undefined) add(file);
  return [...files];
}

/** Every file, style sheets too, that the page names and that it asks for at a lobby's address. */
export function filesToSeat(page: string): readonly string[] {
  const parts = /const parts = (\{.*?\});/.exec(page)?.[1];
  if (parts === undefined) throw new Error('the page does not say what its addresses need');
  const { j: joining = [] } = JSON.parse(parts) as { readonly j?: readonly string[] };
  const named = [...withoutParts(page).matchAll(/["'(]\/?([^"'()\s]+\.(?:js|css))["')]/g)];
  return [...new Set([...named.flatMap(([, file]) => file ?? []), ...joining])];
}

/** Without what it asks for at some addresses alone (`preloadParts.ts`). */
function withoutParts(page: string): string {
  return page.replace(/<script data-parts>[\s\S]*?<\/script>/, '');
}

/** Relative specifiers of `import … from` and `export … from`; `import()` is for later and does not count. */
function staticImports(text: string): readonly string[] {
  const source = ts.createSourceFile('x.js', text, ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const from = statement.moduleSpecifier;
    return from !== undefined && ts.isStringLiteral(from) && from.text.startsWith('.') ? [from.text] : [];
  });
}

function main(): void {
  const index = join(build, 'index.html');
  if (!existsSync(index)) throw new Error(`${index} is missing: run \`npm run build\` first`);
  const read = (file: string): string => readFileSync(join(build, file), 'utf8');
  const page = readFileSync(index, 'utf8');
  const weights = [...shellFiles(page, read), WORKER].map((file) => ({
    file,
    bytes: gzipSync(read(file)).length,
  }));
  const total = weights.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of heaviest(weights)) console.log(`${String(bytes).padStart(8)}  ${file}`);
  console.log(`app shell: ${total} of ${limit} bytes gzipped in ${weights.length} files`);
  const files = filesToSeat(page).length;
  console.log(`a seat by a lobby’s link: ${files} of ${mostFiles} files`);
  if (total > limit || files > mostFiles) exit(1);
}

function heaviest(weights: readonly Weight[]): readonly Weight[] {
  return weights.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8);
}

if (import.meta.main) main();
