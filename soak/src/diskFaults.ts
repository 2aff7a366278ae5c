/** `pnpm disk-faults [--seed n] [--only room,calls]`: full and read-only disks, and a failure at every call of a commit, for real servers and a real client. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSeed } from '@fairground/cli';
import { type CallPlan, type FailedCall, type Target, failEveryCall } from './faults/everyCall.ts';
import { runOutOfRoom } from './faults/noRoom.ts';
import { startReadOnly } from './faults/startReadOnly.ts';
import { whyNoStrace } from './faults/strace.ts';
import { type Trouble, mountSmallDisk, noRoomFor, readOnlyFor, whyNoMount } from './faults/troubles.ts';
import { type House, type Layout, type Part, lockFileOf, openHouse } from './house/house.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, only: { type: 'string', default: 'room,calls' } },
});
const chosen = values.only.split(',');
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
for (const [layout, part] of chosen.includes('room') ? layouts : []) {
  await outOfRoom('no file may grow', layout, part, (house) => noRoomFor(() => house.process(part).pid));
  if (noStrace === undefined)
    await outOfRoom('read-only', layout, part, (house) => readOnlyFor(() => house.process(part).pid));
  if (noMount === undefined) await fullDisk(layout, part);
}
if (chosen.includes('room') && noMount === undefined)
  faults.push(...(await startReadOnly(['start', 'relay', 'authority'], console.log)));
if (chosen.includes('calls') && noStrace === undefined) {
  const authorityCalls = (house: House): readonly Target[] => {
    const wal = join(house.dataDir, 'authority', 'log.sqlite-wal');
    return [
      { file: wal, call: 'pwrite64' },
      { file: wal, call: 'fsync' },
      { file: lockFileOf(house), call: 'ftruncate' },
      { file: lockFileOf(house), call: 'pwrite64' },
      { file: lockFileOf(house), call: 'fdatasync' },
    ];
  };
  const relayCalls = ({ dataDir }: House): readonly Target[] => {
    const wal = join(dataDir, 'relay', 'relay.sqlite-wal');
    return [
      { file: wal, call: 'pwrite64' },
      { file: wal, call: 'fsync' },
    ];
  };
  // When the WAL is copied into the file.
  const copyingCalls = ({ dataDir }: House): readonly Target[] => {
    const log = join(dataDir, 'authority', 'log.sqlite');
    return [
      { file: log, call: 'pwrite64', most: 1, isRare: true },
      { file: log, call: 'fsync', most: 1, isRare: true },
    ];
  };
  for (const ending of ['goes on', 'killed'] as const) {
    await everyCall('authority', ending, authorityCalls);
    await everyCall('relay', ending, relayCalls);
  }
  await everyCall('authority', 'goes on', copyingCalls);
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

async function everyCall(
  part: Part,
  ending: CallPlan['ending'],
  targetsOf: (house: House) => readonly Target[],
): Promise<void> {
  // One thread for files, so that its calls can be counted.
  const house = await openHouse({ layout: 'apart', env: { UV_THREADPOOL_SIZE: '1' } });
  const errors = ending === 'killed' ? (['EIO'] as const) : (['EIO', 'ENOSPC'] as const);
  const shared = { house, part, errors, ending, seed, patienceMs, tell: console.log };
  try {
    const failed = await failEveryCall({ ...shared, targets: targetsOf(house) });
    console.log(`${failed.length} calls of commits of the ${part} failed once, then: ${ending}`);
    faults.push(...failed.flatMap((one) => one.faults));
    const isLost = ({ wasWrittenAgain }: FailedCall) => wasWrittenAgain === false;
    faults.push(...failed.filter(isLost).map(({ seen }) => `not written again: ${seen}`));
  } catch (fault) {
    faults.push(`${part}, ${ending}: ${String(fault)}`);
  } finally {
    await house.close();
  }
}
