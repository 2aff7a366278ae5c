/** P4: what a full offline audit costs, against decoding and hashing alone. */
import { type Bytes, leafHash, merkleRoot, unwrap, verify, zipSource } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { decode } from 'cborg';
import { type LargeWorld, makeLargeWorld } from '../largeWorld.ts';
import { alternated, median, timed } from '../median.ts';
import type { Measure, Row } from '../row.ts';

const RUNS = 5;
const FACTOR = 1.6;
const EVENING_MS = 150;

export const row: Row = {
  name: 'audit',
  target: 'P4',
  title: 'A full offline audit against the floor: decode, leaf hashes, root',
  run: async () => [...(await large()), await evening()],
};

async function large(): Promise<readonly Measure[]> {
  const made = await makeLargeWorld({ seed: 'audit', players: 1_950, questions: 50 });
  const { entries } = made;
  const [audits, floors] = await alternated(
    RUNS,
    () => audit(made),
    async () => floor(entries),
  );
  const limit = median(floors) * FACTOR;
  const because = `${FACTOR} × the floor of ${median(floors).toFixed(0)} ms, same run`;
  return [
    {
      what: `${entries.length} entries, full, ${made.world.heads.size} keys`,
      value: median(audits),
      unit: 'ms',
      atMost: limit,
      peer: median(floors),
      because,
    },
  ];
}

async function evening(): Promise<Measure> {
  const made = await makeLargeWorld({ seed: 'evening', players: 20, questions: 20 });
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) times.push(await timed(() => audit(made)));
  return {
    what: `an evening: 20 players, ${made.entries.length} entries, full`,
    value: median(times),
    unit: 'ms',
    atMost: EVENING_MS,
    because: 'the target',
  };
}

async function audit({ bundle }: LargeWorld): Promise<void> {
  const report = await verify(unwrap(zipSource(bundle)), { games, level: 'full' });
  if (report.failure) throw new Error(`the audit failed: ${report.failure.code}`);
}

function floor(entries: readonly Bytes[]): Bytes {
  for (const entry of entries) decode(entry);
  return merkleRoot(entries.map(leafHash));
}
