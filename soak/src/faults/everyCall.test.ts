import { expect, it } from 'vitest';
import { writtenAgain } from './everyCall.ts';

const write = (offset: number) => `12 pwrite64(20</x/log.sqlite-wal>, "…", 24, ${offset}) = 24`;
const synced = '12 fdatasync(20</x/log.sqlite-wal>) = 0';
const failed = '12 fdatasync(20</x/log.sqlite-wal>) = -1 EIO (Input/output error) (INJECTED)';

it.each([
  ['nothing failed', [write(0), synced], undefined],
  ['written again', [write(100), write(200), failed, write(100), write(200), synced], true],
  [
    'only what was synced before is not needed again',
    [write(0), synced, write(100), failed, write(100), synced],
    true,
  ],
  ['gone on with what came after', [write(100), write(200), failed, write(300), synced], false],
  ['only synced again', [write(100), failed, synced], false],
] as const)('[K6] what a failed sync was to make durable: %s', (_what, lines, again) => {
  expect(writtenAgain(lines)).toBe(again);
});
