/** One entry of every kind, with every optional field but the genesis' parent. */
import { seedSigner } from '../ed25519.ts';
import type { Genesis, LogEntry } from '../entry.ts';
import { sha256 } from '../sha256.ts';
import { openDriver } from './buildWorld.ts';
import { counter } from './counter.ts';

export const sampleHash = sha256(new Uint8Array([1]));
export const sampleSig = new Uint8Array(64).fill(7);
export const sampleSigner = seedSigner(sampleHash);

const hash = sampleHash;
const sig = sampleSig;
const genesis = openDriver({ game: counter, config: { goal: 3 }, seed: 'wire' }).world.opening
  .genesis as Genesis;

export const samples: { readonly [Kind in LogEntry['kind']]: Extract<LogEntry, { readonly kind: Kind }> } = {
  genesis,
  intent: { kind: 'intent', at: 1, via: 'relay', rtt: 3, bytes: hash, sig, refused: 'too_late' },
  seen: { kind: 'seen', at: 1, seen: [{ bytes: hash, sig }] },
  time: { kind: 'time', at: 1 },
  commit: { kind: 'commit', at: 1, what: 'ask', from: 0, commits: [hash] },
  key: { kind: 'key', at: 1, lot: 0, pk: hash },
  lock: { kind: 'lock', at: 1, round: 0, commits: [{ who: hash, commit: hash }] },
  reveal: { kind: 'reveal', at: 1, what: 'ask', index: 0, nonce: hash, value: { text: 'Why?' } },
  lot: {
    kind: 'lot',
    at: 1,
    lot: 0,
    sk: hash,
    openings: [{ index: 3, nonce: hash, value: 2 }],
    void: [4],
    more: false,
  },
  think: { kind: 'think', at: 1, id: 0, ask: null, deadline: 9, fallback: 'no' },
  state: { kind: 'state', at: 1, hash },
  pause: { kind: 'pause', at: 1, reason: 'away' },
  resume: { kind: 'resume', at: 1 },
  upgrade: { kind: 'upgrade', at: 1, toVersion: 2, rules: hash, stateBefore: hash, stateAfter: hash },
  rotate: { kind: 'rotate', at: 1, newKey: hash, effectiveSize: 2, sigOld: sig, sigNew: sig },
  close: { kind: 'close', at: 1, finalSize: 2, reason: 'over' },
};
