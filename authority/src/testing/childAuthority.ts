/** A real authority in a process of its own, linked to its parent: for tests that kill it, or let it fall by itself. */
import { argv } from 'node:process';
import type { LinkPort } from '@fairground/protocol';
import { openAuthority } from '../openAuthority.ts';
import { type Doom, doomedLock, doomedStore } from './doom.ts';

const [, , dataDir = '', lockDir = '', doomText = ''] = argv;
const doom = doomText === '' ? undefined : (JSON.parse(doomText) as Doom);
const state = { isNow: false };
const silent = () => {};
const opened = await openAuthority(
  {
    dataDir,
    lockDir,
    name: undefined,
    relayUrl: '',
    witnesses: [],
    quorum: 0,
    successors: [],
    collectMs: 300,
    logLevel: 'silent',
  },
  { info: silent, warn: silent, error: (fields, message) => console.error(message, fields) },
  {
    store: (store) => (doom ? doomedStore(store, doom, state) : store),
    lock: (lock) => (doom ? doomedLock(lock, doom, state) : lock),
  },
);
const port: LinkPort = {
  send: (frame) => void process.send?.(frame),
  onFrame: (listener) => void process.on('message', (frame: Uint8Array) => listener(new Uint8Array(frame))),
  onClose: (closer) => void process.on('disconnect', closer),
  close: () => process.disconnect?.(),
};
opened.authority.attach(port);
