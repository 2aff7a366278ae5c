/** P4: what a full offline audit costs, against decoding and hashing alone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditBrowser } from '../audit/auditInChromium.ts';
import { auditInNode } from '../audit/auditInNode.ts';
import type { AuditTimes } from '../audit/measureAudit.ts';
import { type LargeWorld, makeLargeWorld } from '../largeWorld.ts';
import { median } from '../median.ts';
import type { Measure, Row } from '../row.ts';

const RUNS = 5;
const FACTOR = 1.6;
const EVENING_MS = 150;

export const row: Row = {
  name: 'audit',
  target: 'P4',
  title: 'A full offline audit against the floor: decode, leaf hashes, root',
  run,
};

async function run(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-bench-'));
  const file = async (name: string, { bundle }: LargeWorld) => {
    await writeFile(join(folder, name), bundle);
    return join(folder, name);
  };
  try {
    const made = await makeLargeWorld({ seed: 'audit', players: 1_950, questions: 50 });
    const evening = await makeLargeWorld({ seed: 'evening', players: 20, questions: 20 });
    const other = await makeLargeWorld({ seed: 'another evening', players: 20, questions: 20 });
    const [large, small, warm] = [
      await file('large.fair', made),
      await file('evening.fair', evening),
      await file('other.fair', other),
    ];
    const size = `${made.entries.length} entries, full, ${made.world.heads.size} keys`;
    return [
      ...(await againstFloor(size, large, warm)),
      await eveningOf(evening, () => auditInNode(small, warm)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every audit in a fresh process or page, beside its floor; Node and Chromium by turns. */
async function againstFloor(size: string, large: string, warm: string): Promise<readonly Measure[]> {
  const browser = await openAuditBrowser(large, warm);
  const inNode: AuditTimes[] = [];
  const inChromium: AuditTimes[] = [];
  try {
    for (let i = 0; i < RUNS; i++) {
      inNode.push(await auditInNode(large, warm));
      inChromium.push(await browser.audit());
    }
  } finally {
    await browser.close();
  }
  return [measureOf(`${size}, in Node`, inNode), measureOf(`the same in Chromium`, inChromium)];
}

function measureOf(what: string, times: readonly AuditTimes[]): Measure {
  const floor = median(times.map(({ floorMs }) => floorMs));
  const because = `${FACTOR} × the floor of ${floor.toFixed(0)} ms, same run`;
  const value = median(times.map(({ auditMs }) => auditMs));
  return { what, value, unit: 'ms', atMost: FACTOR * floor, peer: floor, because };
}

async function eveningOf(made: LargeWorld, audit: () => Promise<AuditTimes>): Promise<Measure> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) times.push((await audit()).auditMs);
  return {
    what: `an evening: 20 players, ${made.entries.length} entries, full, in Node`,
    value: median(times),
    unit: 'ms',
    atMost: EVENING_MS,
    because: 'the target',
  };
}
