/** The app: Vite's root is `app/`. `pnpm dev` sends the relay's paths to a server on FAIRGROUND_PORT. */
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { parts } from './scripts/parts.ts';
import config from './svelte.config.js';

const relayPaths = 'session docs repo mail worlds log rooms codes authority bank healthz metrics'
  .split(' ')
  .map((name) => `^/${name}(/|\\?|$)`);
const relay = `http://127.0.0.1:${process.env.FAIRGROUND_PORT ?? '8081'}`;

export default defineConfig({
  root: 'app',
  plugins: [sveltekit(config), parts()],
  // The ledger imports Automerge dynamically, and its WebAssembly awaits at top level: a classic worker cannot.
  worker: { format: 'es' },
  server: { proxy: Object.fromEntries(relayPaths.map((path) => [path, { target: relay, ws: true }])) },
});
