/** `node inNode.ts <large.fair> <small.fair>`: one measurement in a process of its own, told to its parent. */
import { readFile } from 'node:fs/promises';
import { createAsideThread } from '@fairground/cli';
import { measureAudit } from './measureAudit.ts';

const [large = '', small = ''] = process.argv.slice(2);
process.send?.(await measureAudit(await bytesOf(large), await bytesOf(small), createAsideThread()));

async function bytesOf(file: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(file));
}
