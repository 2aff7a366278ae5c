/** A real authority in a process of its own, linked to its parent: for tests that kill it. */
import { argv } from 'node:process';
import type { LinkPort } from '@fairground/protocol';
import { openAuthority } from '../openAuthority.ts';

const [, , dataDir = '', lockDir = ''] = argv;
const silent = () => {};
const opened = await openAuthority(
  { dataDir, lockDir, name: undefined, relayUrl: '', collectMs: 300, logLevel: 'silent' },
  { info: silent, warn: silent, error: (fields, message) => console.error(message, fields) },
);
const port: LinkPort = {
  send: (frame) => void process.send?.(frame),
  onFrame: (listener) => void process.on('message', (frame: Uint8Array) => listener(new Uint8Array(frame))),
  onClose: (closer) => void process.on('disconnect', closer),
  close: () => process.disconnect?.(),
};
opened.authority.attach(port);
