/** The second thread of a verification. */
import { parentPort } from 'node:worker_threads';
import { type Bytes, checkAside } from '@fairground/ledger';

if (!parentPort) throw new Error('asideWorker runs as a worker thread only');
const port = parentPort;
port.on('message', (file: Bytes) => void checkAside(file).then((word) => port.postMessage(word)));
