/** Standings as the leaderboard draws them. */
import type { BoardRow } from '#lib/ui/Board.svelte';
import type { Standing } from './view.ts';

/** Running: who has locked in. Revealed: what the question brought and how ranks moved. */
export type BoardMoment = 'running' | 'revealed';

export function boardRows(
  standings: readonly Standing[],
  me: string | undefined,
  moment: BoardMoment,
): readonly BoardRow[] {
  return [...standings]
    .sort((a, b) => a.rank - b.rank || b.points - a.points)
    .map((seat) => ({
      id: seat.id,
      name: seat.name,
      avatar: seat.avatar,
      points: seat.points,
      rank: seat.rank,
      you: seat.id === me,
      away: !seat.present,
      ...(moment === 'running'
        ? { ticked: seat.answered }
        : { delta: seat.lastPoints, rankBefore: seat.rankBefore }),
    }));
}

/** Who stands right ahead of me, and by how much; nobody when I lead or have no seat. */
export function gapAhead(
  standings: readonly Standing[],
  me: string | undefined,
): { readonly name: string; readonly points: number } | undefined {
  const mine = standings.find((seat) => seat.id === me);
  if (!mine) return undefined;
  const ahead = standings.filter((seat) => seat.points > mine.points).sort((a, b) => a.points - b.points)[0];
  return ahead && { name: ahead.name, points: ahead.points - mine.points };
}
