/** A start on a disk that is read-only is refused with a sentence, and works as soon as it can be written. */
import { launch } from '../house/command.ts';
import { openHouse } from '../house/house.ts';
import { mountSmallDisk, remount } from './troubles.ts';

const MEGABYTES = 8;

/** What is wrong, a sentence each. */
export async function startReadOnly(
  commands: readonly string[],
  tell: (line: string) => void = () => {},
): Promise<readonly string[]> {
  const disk = await mountSmallDisk(MEGABYTES);
  const faults: string[] = [];
  const house = await openHouse({ layout: 'together', folder: disk.path });
  try {
    await house.start();
    await house.stop(['relay'], 'SIGTERM');
    remount(disk, 'ro');
    for (const command of commands) {
      const refused = launch([command], house.env);
      const { code } = await refused.ended;
      tell(`read-only start of ${command}: ${code}, ${refused.stderr().trim()}`);
      if (code !== 2 || !/^fairground: [^\n]+\n$/.test(refused.stderr()))
        faults.push(`${command} on a read-only disk ended with ${code}: ${refused.stderr()}`);
    }
    remount(disk, 'rw');
    await house.start();
  } finally {
    await house.close();
    await disk.unmount();
  }
  return faults;
}
