/** Kit's options. Kit 3 does not read this file: `vite.config.ts` hands it over. Paths are relative to `app/`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-static';
import { withPreloads } from './scripts/preloadParts.ts';

// The adapter alone resolves against the working directory, hence a full path.
const pages = fileURLToPath(new URL('./app/build', import.meta.url));
const made = fileURLToPath(new URL('./.svelte-kit', import.meta.url));

/** @type {import('@sveltejs/kit').Adapter} */
const files = adapter({ pages, fallback: 'index.html' });

/** @type {import('@sveltejs/kit/vite').Config} */
const config = {
  adapter: {
    ...files,
    async adapt(builder) {
      await files.adapt(builder);
      await addPreloads();
      await builder.compress(pages);
    },
  },
  files: { src: '.', assets: 'static' },
  paths: { relative: false },
  // It fetches the whole app for the next visit, which must not slow down this one: lib/play/update.svelte.ts.
  serviceWorker: { register: false },
  outDir: '../.svelte-kit',
};

async function addPreloads() {
  const page = `${pages}/index.html`;
  const manifest = JSON.parse(await readFile(`${made}/output/client/.vite/manifest.json`, 'utf8'));
  const folder = `${made}/generated/build/client-optimized/nodes`;
  const nodes = new Map();
  for (const file of await readdir(folder))
    nodes.set(`/nodes/${file}`, await readFile(`${folder}/${file}`, 'utf8'));
  await writeFile(page, withPreloads(await readFile(page, 'utf8'), manifest, nodes));
}

export default config;
