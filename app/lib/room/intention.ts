/** Rooms that this person chose to enter as a player: there the seat is taken without asking again. */
const chosen = new Set<string>();

export function intendToPlay(room: string): void {
  chosen.add(room);
}

export function intendsToPlay(room: string): boolean {
  return chosen.has(room);
}

export function intendToWatch(room: string): void {
  chosen.delete(room);
}
