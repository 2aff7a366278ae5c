/** What a screen reader hears of a chat: a new line of somebody else, and the first mark that a line of mine is given; nothing twice. */
import { m } from '#lib/paraglide/messages.js';
import { markLooks } from './reactionMarks.ts';
import type { ChatEntry } from './types.ts';

/** Give it the lines whenever they change; what was there at first is old. Yields what is to be said now, if anything is. */
export function createChatVoice(): (lines: readonly ChatEntry[]) => string | undefined {
  let heard: { newest: string | undefined } | undefined;
  const marked = new Set<string>();
  return (lines) => {
    const newest = lines.at(-1);
    const isNew = heard !== undefined && newest !== undefined && newest.id !== heard.newest;
    const isFirst = heard === undefined;
    heard = { newest: newest?.id };
    const mark = newMark(lines, marked);
    if (isNew && !newest.mine) return `${newest.name}: ${newest.text}`;
    return isFirst ? undefined : mark;
  };
}

function newMark(lines: readonly ChatEntry[], marked: Set<string>): string | undefined {
  const fresh = lines.filter((line) => line.mine && !marked.has(line.id) && giverOf(line) !== undefined);
  for (const { id } of fresh) marked.add(id);
  const giver = fresh.map(giverOf).at(-1);
  return giver && m.reaction_heard({ name: giver.name, mark: markLooks[giver.mark].word() });
}

function giverOf({ reactions }: ChatEntry) {
  const given = reactions.find(({ names }) => names.length > 0);
  const name = given?.names[0];
  return given && name !== undefined ? { mark: given.mark, name } : undefined;
}
