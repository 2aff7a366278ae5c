/** Verifies a world as anybody would: from the bundle that is served, with signatures, commitments and openings. */
import { type Bytes, type VerifyReport, unwrap, verify, zipSource } from '@fairground/ledger';
import { games } from '@fairground/rules';
import type { Table } from './party.ts';

export async function verifyBundle(party: Table, world: Bytes): Promise<VerifyReport> {
  await party.settle();
  const reply = await party.relay.get(world, 'bundle.fair');
  const { bytes } = reply.body as { readonly bytes: Bytes };
  return verify(unwrap(zipSource(bytes)), { games, level: 'full' });
}
