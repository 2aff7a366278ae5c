import { describe, expect, it } from 'vitest';
import { createChatVoice } from './chatVoice.ts';
import type { ChatEntry, MarkGiven } from './types.ts';

const line = (id: string, change: Partial<ChatEntry> = {}): ChatEntry => ({
  ...{ id, name: 'Looker', avatar: 1, text: `line ${id}`, mine: false, reactions: [] },
  ...change,
});
const by = (...names: string[]): readonly MarkGiven[] => [{ mark: 'wow', names, mine: false }];

describe('[U141] what is heard of a chat', () => {
  it('is a new line of somebody else, once; nothing that was there before, and nothing of mine', () => {
    const hear = createChatVoice();
    expect(hear([line('1')])).toBeUndefined();
    expect(hear([line('1'), line('2')])).toBe('Looker: line 2');
    expect(hear([line('1'), line('2')])).toBeUndefined();
    expect(hear([line('1'), line('2'), line('3', { mine: true })])).toBeUndefined();
  });

  it('begins with an empty room as well', () => {
    const hear = createChatVoice();
    expect(hear([])).toBeUndefined();
    expect(hear([line('1')])).toBe('Looker: line 1');
  });

  it('is the first mark on a line of mine, and none on lines of others or by myself', () => {
    const hear = createChatVoice();
    const mine = (reactions: readonly MarkGiven[]) => [line('1', { mine: true, reactions })];
    hear(mine([]));
    expect(hear(mine([{ mark: 'love', names: [], mine: true }]))).toBeUndefined();
    expect(hear(mine(by('Ada')))).toBe('Ada about your line: Wow');
    expect(hear(mine(by('Ada', 'Bob')))).toBeUndefined();
    expect(hear(mine([]))).toBeUndefined();
    expect(hear(mine(by('Bob')))).toBeUndefined();
    expect(hear([...mine(by('Bob')), line('2', { reactions: by('Ada') })])).toBe('Looker: line 2');
    expect(hear([...mine(by('Bob')), line('2', { reactions: by('Ada', 'Bob') })])).toBeUndefined();
  });

  it('of marks that were there at first is nothing', () => {
    const hear = createChatVoice();
    expect(hear([line('1', { mine: true, reactions: by('Ada') })])).toBeUndefined();
    expect(hear([line('1', { mine: true, reactions: by('Ada', 'Bob') })])).toBeUndefined();
  });
});
