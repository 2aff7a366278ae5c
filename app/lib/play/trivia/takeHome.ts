/** The match as a file in the person's hands, from what this device has verified: no network, nobody asked. */
import type { Follower } from '@fairground/peer';
import { saveFile } from '../abilities.ts';

export async function saveHome(follower: Follower, title: string): Promise<void> {
  const bytes = await follower.takeHome();
  saveFile(`${fileName(title)}.fair`, new Uint8Array(bytes), 'application/zip');
}

/** A file name that every system takes. */
export function fileName(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/gu, '-');
  return plain.replaceAll(/^-|-$/gu, '').toLowerCase() || 'fairground';
}
