import type { LogEntry } from '@fairground/ledger';
import { NimBody, TriviaBody } from '@fairground/rules';
import { afterAll, describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { getLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { entryWords, intentWords } from './entryWords.ts';

const KINDS: Readonly<Record<Exclude<LogEntry['kind'], 'intent'>, true>> = {
  ...{ genesis: true, seen: true, time: true, commit: true, key: true, lock: true, reveal: true, lot: true },
  ...{ think: true, state: true, pause: true, resume: true, upgrade: true, rotate: true, close: true },
};
const intents = [TriviaBody, NimBody].flatMap(({ options }) => options.map(({ shape }) => shape.kind.value));
const note = { index: 3, at: 0 };

const mine = getLocale;
afterAll(() => overwriteGetLocale(mine));

describe.each(['en', 'de'] as const)('[U240] the replay in words, %s', (locale) => {
  it.each(Object.keys(KINDS))('of an entry: %s', (kind) => {
    overwriteGetLocale(() => locale);
    expect(entryWords({ ...note, kind })).toMatch(/^[\p{Lu}\d].* \p{L}+/u);
    expect(entryWords({ ...note, kind })).not.toBe(m.log_unknown());
  });

  it.each([...new Set(intents)])('of what somebody wants: %s', (intent) => {
    overwriteGetLocale(() => locale);
    expect(intentWords({ ...note, kind: 'intent', intent })).not.toBe(m.log_something());
  });

  it.each(['too_late', 'authority_away', 'made_up'])('of why it was refused: %s', (refused) => {
    overwriteGetLocale(() => locale);
    expect(intentWords({ ...note, kind: 'intent', intent: 'answer', refused })).not.toContain('_');
  });

  it.each(['teleport', 'constructor'])('also of what this app does not know: %s', (unknown) => {
    overwriteGetLocale(() => locale);
    expect(entryWords({ ...note, kind: unknown })).toBe(m.log_unknown());
    expect(intentWords({ ...note, kind: 'intent', intent: unknown })).toBe(m.log_something());
  });
});
