/** A topic as the gate shows it: what can be asked, and who plays it now. */
import type { DirectoryEntry } from '@fairground/protocol';
import type { Topic } from '#lib/play/topicsFor.ts';

export interface TopicRow extends Topic {
  /** Lobbies that are open or playing. */
  readonly lobbies: number;
  readonly players: number;
  /** Where one tap leads: the fullest lobby that still has a seat. */
  readonly open: DirectoryEntry | undefined;
}

/** Busy topics first, else as the bank orders them. */
export function topicTable(topics: readonly Topic[], rooms: readonly DirectoryEntry[]): readonly TopicRow[] {
  const rows = topics.map((topic) =>
    rowOf(
      topic,
      rooms.filter((room) => isOn(room, topic.slug)),
    ),
  );
  return rows.toSorted((a, b) => b.players - a.players || b.lobbies - a.lobbies);
}

function isOn({ game, topic, phase }: DirectoryEntry, slug: string): boolean {
  return game === 'trivia' && topic === slug && phase !== 'over';
}

function rowOf(topic: Topic, rooms: readonly DirectoryEntry[]): TopicRow {
  const free = rooms.filter(({ phase, players, seats }) => phase === 'open' && players < seats);
  return {
    ...topic,
    lobbies: rooms.length,
    players: rooms.reduce((sum, { players }) => sum + players, 0),
    open: free.toSorted((a, b) => b.players - a.players)[0],
  };
}
