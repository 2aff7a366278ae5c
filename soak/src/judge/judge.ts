/** What is left on the disk, by its own proof and by what clients were told. */
import { fsck, readLogs } from '@fairground/authority';
import type { House } from '../house/house.ts';
import { contradictions } from './contradictions.ts';
import type { Testimony } from './testimony.ts';

/** What was said before this call is held against what the disk holds now. A sentence for all that is wrong. */
export async function judge(
  { dataDir, lockDir }: Pick<House, 'dataDir' | 'lockDir'>,
  testimony: Testimony,
): Promise<readonly string[]> {
  await testimony.heard();
  const told = { receipts: [...testimony.receipts], checkpoints: [...testimony.checkpoints] };
  const { faults } = await fsck({ dataDir, lockDir });
  return [
    ...testimony.strange,
    ...contradictions(told, readLogs(dataDir)),
    ...faults.map(
      ({ world, code, index, message }) =>
        `fsck: ${code} in ${world ?? 'the folder'}, entry ${index}: ${message}`,
    ),
  ];
}
