/** Kit's options. Kit 3 does not read this file: `vite.config.ts` hands it over. Paths are relative to `app/`. */
import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-static';

// The adapter alone resolves against the working directory, hence a full path.
const pages = fileURLToPath(new URL('./app/build', import.meta.url));

/** @type {import('@sveltejs/kit/vite').Config} */
const config = {
  adapter: adapter({ pages, fallback: 'index.html', precompress: true }),
  files: { src: '.', assets: 'static' },
  paths: { relative: false },
  outDir: '../.svelte-kit',
};

export default config;
