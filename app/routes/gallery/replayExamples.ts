/** A checked match, one that does not check out, and a moment of it. */
import { running } from './examples.ts';

export const report = {
  valid: true,
  level: 'full',
  trust: 'self-asserted',
  world: 'b'.repeat(52),
  origin: `fairground.local/${'b'.repeat(52)}`,
  game: 'trivia',
  version: 1,
  size: 412,
  players: 8,
  ms: 83,
  checks: [
    'members',
    'tree',
    'checkpoint',
    'rules',
    'states',
    'commitments',
    'openings',
    'files',
    'container',
    'authorship',
    'trust',
  ].map((name) => ({ name, ok: true, detail: '412 entries have the root of the checkpoint' })),
  failure: null,
} as const;
export const bad = {
  ...report,
  valid: false,
  checks: [
    { name: 'members', ok: true, detail: '' },
    { name: 'tree', ok: false, detail: 'leaf 131 is another' },
  ],
  failure: { code: 'leaf_mismatch', index: 131, message: 'the leaf is not the one in the tree' },
} as const;
export const moment = {
  index: 206,
  at: Date.now(),
  view: running(9000),
  around: [
    { index: 203, at: 0, kind: 'key', number: 7 },
    { index: 204, at: 0, kind: 'intent', intent: 'answer', who: 'seat-0' },
    { index: 205, at: 0, kind: 'time' },
    { index: 206, at: 0, kind: 'intent', intent: 'answer', who: 'seat-2' },
    { index: 207, at: 0, kind: 'intent', intent: 'answer', who: 'seat-3', refused: 'too_late' },
  ],
};
