/** The page that reads questions: before, meanwhile, and with what it found. */
import type { Desk } from '#lib/questions/createDesk.svelte.ts';

const desk = (change: Partial<Desk>): Desk => ({
  ...{ stage: 'empty', share: 0, report: undefined, read: async () => {}, reset: () => {}, again: () => {} },
  write: async (format) => ({ format, body: '', leftOut: 3, poorer: 12, unpictured: 0 }),
  ...change,
});

const topics = ['pop', 'geography', 'science', 'history', 'movies', 'a-topic-with-quite-a-long-name'].map(
  (topic, i) => ({ topic, count: 240 - i * 31 }),
);
const refused = (['unplayable_kind', 'no_right_answer', 'text_too_long'] as const).flatMap((code, i) => [
  { file: 'an-evening-of-questions-2026.gift', line: 12 + i * 40, code },
  { file: 'quiz.csv', line: 3 + i, code },
]);

const FLAGS = [
  [
    'Italy',
    'iVBORw0KGgoAAAANSUhEUgAAAJYAAABkCAMAAABThTnCAAAACVBMVEUAkkb////OKzdsRJOSAAAAV0lEQVR42u3OMQEAAAgDoGn/0GbYLSQgqU1ta9HS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0vrXOg2DOplHdm5yAAAAAElFTkSuQmCC',
  ],
  [
    'Ireland',
    'iVBORw0KGgoAAAANSUhEUgAAAJYAAABkCAMAAABThTnCAAAACVBMVEUWm2L/////iD5OfHbkAAAAV0lEQVR42u3OMQEAAAgDoGn/0GbYLSQgqU1ta9HS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0vrXOg2DOplHdm5yAAAAAElFTkSuQmCC',
  ],
  [
    'France',
    'iVBORw0KGgoAAAANSUhEUgAAAJYAAABkCAMAAABThTnCAAAACVBMVEUAVaT////vQTXAi6RUAAAAV0lEQVR42u3OMQEAAAgDoGn/0GbYLSQgqU1ta9HS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0vrXOg2DOplHdm5yAAAAAElFTkSuQmCC',
  ],
  [
    'Belgium',
    'iVBORw0KGgoAAAANSUhEUgAAAJYAAABkCAMAAABThTnCAAAACVBMVEUAAAD64ELtKTmU2tDGAAAAV0lEQVR42u3OMQEAAAgDoGn/0GbYLSQgqU1ta9HS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0vrXOg2DOplHdm5yAAAAAElFTkSuQmCC',
  ],
] as const;

/** Flags in three upright stripes, as PNGs of a few bytes. */
const shown = FLAGS.map(([land, bytes]) => ({
  ...{ text: `Whose flag is this? (${land})`, alt: 'A flag of three upright stripes', language: 'en' },
  bytes: Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0)),
}));

const plain = { pictured: 0, shown: [], unnamed: 0 } as const;

export const desks: Readonly<Record<string, Desk>> = {
  questions: desk({}),
  'questions-failed': desk({ stage: 'failed' }),
  'questions-reading': desk({ stage: 'reading', share: 0.4 }),
  'questions-read': desk({
    stage: 'done',
    report: { ...plain, questions: 974, merged: 21, topics, refused },
  }),
  'questions-pictures': desk({
    stage: 'done',
    report: {
      ...{
        questions: 20,
        merged: 0,
        topics: [{ topic: 'geography', count: 20 }],
        refused: refused.slice(0, 1),
      },
      ...{ pictured: 20, shown, unnamed: 2 },
    },
  }),
  'questions-none': desk({
    stage: 'done',
    report: { ...plain, questions: 0, merged: 0, topics: [], refused },
  }),
};
