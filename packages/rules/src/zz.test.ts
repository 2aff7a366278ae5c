import { it, expect } from 'vitest';
import { verify, zipSource, unwrap } from '@fairground/ledger';
import { readFileSync } from 'node:fs';
import { games } from './index.ts';
it('x', async () => { const r = await verify(unwrap(zipSource(new Uint8Array(readFileSync('/tmp/fair/large.fair')))), { games, level: 'full' }); expect(r.failure).toBeNull(); });
