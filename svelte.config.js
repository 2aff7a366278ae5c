/** Kit's options. Kit 3 does not read this file: `vite.config.ts` hands it over. Paths are relative to `app/`. */
import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit/vite').Config} */
const config = {
  adapter: adapter({ pages: 'build', fallback: 'index.html' }),
  files: { src: '.', assets: 'static' },
  paths: { relative: false },
  outDir: '../.svelte-kit',
};

export default config;
