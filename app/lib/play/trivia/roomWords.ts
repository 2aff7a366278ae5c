/** Names and faces for what the room document says by key: the seat's where there is one, else what presence claims. */
import type { Person, SettingDraft as PeerDraft, ShownLine, ShownReaction } from '@fairground/peer';
import type { ChatEntry, Drafts, MarkGiven } from '#lib/room/types.ts';
import { REACTION_MARKS } from '#lib/room/reactionMarks.ts';
import { politeName } from './politeView.ts';
import type { TriviaView } from './view.ts';
import { didToHex } from '../didHex.ts';

interface Who {
  readonly name: string;
  readonly avatar: number;
}

function whoIs(hex: string, view: TriviaView, people: readonly Person[]): Who {
  const seat = view.standings.find((standing) => standing.id === hex);
  if (seat) return seat;
  const person = people.find(({ key }) => key !== undefined && didToHex(key) === hex);
  const avatar = person?.avatar ?? Number.parseInt(hex.slice(0, 8), 16);
  return { name: person?.name === undefined ? `…${hex.slice(-6)}` : politeName(person.name, avatar), avatar };
}

export function nameLines(
  lines: readonly ShownLine[],
  reactions: readonly ShownReaction[],
  view: TriviaView,
  people: readonly Person[],
): readonly ChatEntry[] {
  const given = new Map<string, ShownReaction[]>();
  for (const reaction of reactions) given.set(reaction.line, [...(given.get(reaction.line) ?? []), reaction]);
  const nameOf = (author: string) => whoIs(author, view, people).name;
  return lines.map(({ id, author, text, mine }) => {
    const { name, avatar } = whoIs(author, view, people);
    return { id, text, name, avatar, mine, reactions: marksOf(given.get(id) ?? [], nameOf) };
  });
}

function marksOf(given: readonly ShownReaction[], nameOf: (author: string) => string): readonly MarkGiven[] {
  return REACTION_MARKS.map((mark) => {
    const those = given.filter((reaction) => reaction.mark === mark);
    const names = those.filter(({ mine }) => !mine).map(({ author }) => nameOf(author));
    return { mark, names, mine: those.length > names.length };
  }).filter(({ names, mine }) => mine || names.length > 0);
}

/** Only the host's drafts, and only while they differ from what counts. */
export function draftsOf(
  settings: Readonly<Record<string, PeerDraft>>,
  view: TriviaView,
  people: readonly Person[],
): Drafts {
  const open = Object.entries(settings).flatMap(([setting, { value, by }]) => {
    const hex = didToHex(by);
    const counted = (view.config as unknown as Record<string, unknown>)[setting];
    if (hex !== view.host || value === counted || (typeof value !== 'number' && typeof value !== 'boolean'))
      return [];
    return [[setting, { value, by: whoIs(hex, view, people).name }] as const];
  });
  return Object.fromEntries(open);
}
