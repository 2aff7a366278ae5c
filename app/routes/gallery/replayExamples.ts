/** The replay page in its states: nothing chosen, unreadable, being checked, checked, and a match that does not check out. */
import type { Replay } from '#lib/play/replay/createReplay.svelte.ts';
import type { Scored } from '#lib/play/replay/talk.ts';
import { revealed, running } from './examples.ts';
import { rounds } from './kindExamples.ts';
import { examplePictures } from './pictureExamples.ts';

const report = {
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
const bad = {
  ...report,
  valid: false,
  checks: [
    { name: 'members', ok: true, detail: '' },
    { name: 'tree', ok: false, detail: 'leaf 131 is another' },
  ],
  failure: { code: 'leaf_mismatch', index: 131, message: 'the leaf is not the one in the tree' },
} as const;
const moment = {
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

const nothing = () => {};
const empty: Replay = {
  ...{ stage: 'empty', progress: { phase: 'reading', share: 0 }, report: undefined, code: undefined },
  ...{ openedAt: 0, marks: [], times: [], moment: undefined, scores: undefined, file: undefined },
  checkFile: async () => {},
  checkLog: nothing,
  checkUrl: async () => {},
  picture: examplePictures,
  ...{ seek: nothing, explain: nothing, saveProof: nothing, reset: nothing },
};

const marks = Array.from({ length: 15 }, (_, i) => 20 + i * 26);
const times = Array.from({ length: 412 }, (_, i) => moment.at - 252_000 + i * 1200);
const done: Replay = {
  ...{ ...empty, stage: 'done', report, marks, times, moment, openedAt: moment.at - 252_000 },
  file: { name: 'evening.fair', bytes: new Uint8Array(84_000) },
};

export const replays: Readonly<Record<string, Replay>> = {
  'replay-empty': empty,
  'replay-unreadable': { ...empty, stage: 'unreadable', code: 'zip_malformed' },
  'replay-reading': { ...empty, stage: 'checking' },
  'replay-checking': { ...empty, stage: 'checking', progress: { phase: 'signatures', share: 0.6 } },
  replay: done,
  'replay-picture': { ...done, moment: { ...moment, view: rounds['picture']?.() } },
  'replay-invalid': { ...empty, stage: 'done', report: bad },
};

const view = revealed(2);
const mine = view.round?.result?.mine as Scored['mine'];
const question = { text: view.round?.text ?? '', answers: view.round?.answers ?? [], shownAt: 214 };
const nil = { ...mine, points: 0, base: 0, streakBonus: 0, right: false };

/** Every way in which a question may end for somebody. */
export const scores: readonly Scored[] = [
  { ...question, question: 0, entry: 206, mine },
  { ...question, question: 1, entry: 231, mine: { ...mine, points: 871, base: 871, streakBonus: 0 } },
  { ...question, question: 2, entry: 258, mine: { ...nil, choice: 1, reason: 'wrong' } },
  { ...question, question: 3, mine: { ...nil, choice: null, reason: 'no_answer' } },
  { ...question, question: 4, mine: { ...nil, choice: null, reason: 'not_asked' } },
  { ...question, question: 5, entry: 300, mine: { ...nil, choice: null, reason: 'seal_void' } },
];
