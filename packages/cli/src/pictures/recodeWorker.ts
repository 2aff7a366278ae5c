/** The thread that unpacks strangers' pictures: one that takes for ever is ended with it. */
import { parentPort } from 'node:worker_threads';
import { recode } from './recode.ts';

parentPort?.on('message', (bytes: Uint8Array) => {
  recode(bytes).then(
    (made) => parentPort?.postMessage(made),
    // A codec that has trapped is in no state to go on.
    () => process.exit(1),
  );
});
