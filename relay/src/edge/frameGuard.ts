/** What one connection may send: binary frames, of a size, at a rate. */
import { type Bytes, viewBytes } from '@fairground/ledger';
import { type ProblemCode, limits } from '@fairground/protocol';
import type { RawData } from 'ws';
import type { Clock } from '../ports.ts';
import { createBudget } from './rates.ts';

export type GuardedFrame =
  | { readonly ok: true; readonly bytes: Bytes }
  | { readonly ok: false; readonly code: ProblemCode };

export function createFrameGuard(clock: Clock): (data: RawData, isBinary: boolean) => GuardedFrame {
  const frames = createBudget(clock, limits.framesPerConnection);
  const bytes = createBudget(clock, limits.bytesPerConnection);
  return (data, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(data)) return { ok: false, code: 'frame_malformed' };
    if (data.length > limits.frameBytes.max) return { ok: false, code: 'frame_too_large' };
    const isTooFast = frames.take() !== undefined || bytes.take(data.length) !== undefined;
    // Yjs refuses Node's Buffer; what is kept of a frame is copied by whoever keeps it.
    const plain = viewBytes(data, 0, data.length);
    return isTooFast ? { ok: false, code: 'rate_limited' } : { ok: true, bytes: plain };
  };
}
