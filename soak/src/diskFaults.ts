/** `pnpm disk-faults [--seed n]`: full and read-only disks, and a failure at every call of a commit, for real servers and a real client. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSeed } from '@fairground/cli';
import { type CallPlan, failEveryCall } from './faults/everyCall.ts';
import { runOutOfRoom } from './faults/noRoom.ts';
import { startReadOnly } from './faults/startReadOnly.ts';
import { whyNoStrace } from './faults/strace.ts';
import { type Trouble, mountSmallDisk, noRoomFor, readOnlyFor, whyNoMount } from './faults/troubles.ts';
import { type House, type Layout, type Part, lockFileOf, openHouse } from './house/house.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const seed = createSeed(Number(values.seed));
const patienceMs = 120_000;
const MEGABYTES = 8;
const [noMount, noStrace] = [whyNoMount(), whyNoStrace()];
for (const why of [noMount, noStrace]) if (why !== undefined) console.log(`left out: ${why}`);
const faults: string[] = [];
const began = performance.now();

const layouts: readonly (readonly [Layout, Part])[] = [
  ['apart', 'authority'],
  ['apart', 'relay'],
  ['together', 'authority'],
];
for (const [layout, part] of layouts) {
  await outOfRoom('no file may grow', layout, part, (house) => noRoomFor(() => house.process(part).pid));
  if (noStrace === undefined)
    await outOfRoom('read-only', layout, part, (house) => readOnlyFor(() => house.process(part).pid));
  if (noMount === undefined) await fullDisk(layout, part);
}
if (noMount === undefined) faults.push(...(await startReadOnly(console.log)));
if (noStrace === undefined) {
  await everyCall('authority', (house) => [
    ...['log.sqlite-wal'].map((name) => join(house.dataDir, 'authority', name)),
    lockFileOf(house),
  ]);
  await everyCall('relay', (house) => [join(house.dataDir, 'relay', 'relay.sqlite-wal')]);
}
for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults in ${((performance.now() - began) / 1000).toFixed(0)} s`);
if (faults.length > 0) process.exitCode = 1;

async function outOfRoom(
  what: string,
  layout: Layout,
  part: Part,
  troubleOf: (house: House) => Trouble,
  folder?: string,
): Promise<void> {
  const house = await openHouse({ layout, ...(folder === undefined ? {} : { folder }) });
  try {
    const plan = { house, part, trouble: troubleOf(house), seed, intents: 5, patienceMs };
    const { reasons, refusal, logged, backMs, faults: found } = await runOutOfRoom(plan);
    console.log(
      `${what}, ${part} (${layout}): ${reasons.join('; ')} | ${refusal} | ${logged} lines logged | back after ${Math.round(backMs)} ms`,
    );
    faults.push(...found);
  } catch (fault) {
    faults.push(`${what}, ${part} (${layout}): ${String(fault)}`);
  } finally {
    await house.close();
  }
}

/** Where both are one process, the lock lies on the full disk too. */
async function fullDisk(layout: Layout, part: Part): Promise<void> {
  const disk = await mountSmallDisk(MEGABYTES);
  await outOfRoom('full disk', layout, part, () => disk, disk.path).finally(disk.unmount);
}

async function everyCall(part: Part, filesOf: (house: House) => readonly string[]): Promise<void> {
  for (const then of ['goes on', 'killed'] as const) {
    // One thread for files, so that its calls can be counted.
    const house = await openHouse({ layout: 'apart', env: { UV_THREADPOOL_SIZE: '1' } });
    const errors = then === 'killed' ? (['EIO'] as const) : (['EIO', 'ENOSPC'] as const);
    const plan: CallPlan = {
      house,
      part,
      files: filesOf(house),
      errors,
      then,
      seed,
      patienceMs,
      tell: console.log,
    };
    try {
      const failed = await failEveryCall(plan);
      const syncs = failed.filter(({ wasWrittenAgain }) => wasWrittenAgain !== undefined);
      console.log(`${failed.length} calls of a commit of the ${part} failed once, then: ${then}`);
      faults.push(...failed.flatMap((one) => one.faults));
      faults.push(
        ...syncs
          .filter(({ wasWrittenAgain }) => !wasWrittenAgain)
          .map(({ call }) => `not written again: ${call}`),
      );
    } catch (fault) {
      faults.push(`${part}, ${then}: ${String(fault)}`);
    } finally {
      await house.close();
    }
  }
}
