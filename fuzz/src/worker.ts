/** One thread that searches: targets by name come in, outcomes go out. What it is trying stands in shared memory, in case it never ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { forgetEdges, freshEdges } from './coverage.ts';
import { instrumentModules } from './instrument.ts';
import { mostTrying, type Job, type Shared } from './pool.ts';
import { lightenThread } from './thread.ts';

const { counter, trying } = workerData as Shared;

lightenThread();
instrumentModules();
const { search } = await import('./engine.ts');
const { targets } = await import('./targets/index.ts');

parentPort?.on('message', async ({ target: name, inputs, seed }: Job) => {
  const target = targets.find((each) => each.name === name);
  if (!target) throw new Error(`there is no target ${name}`);
  forgetEdges();
  const outcome = await search(target, {
    inputs,
    seed,
    freshEdges,
    trying(input) {
      trying.set(input.length > mostTrying ? input.subarray(0, mostTrying) : input);
      counter[1] = input.length;
      counter[0] = (counter[0] ?? 0) + 1;
    },
  });
  parentPort?.postMessage(outcome);
});
parentPort?.postMessage('ready');
