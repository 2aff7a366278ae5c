/** Which ways from branch to branch have been taken; `instrument.ts` puts the calls into the code. */

const mask = 0xffff;
const taken = new Uint8Array(mask + 1);
let before = 0;
let fresh = 0;

/** Called by instrumented code at each branch. */
export function hit(branch: number): void {
  const edge = (before ^ branch) & mask;
  before = branch >>> 1;
  if (taken[edge] === 0) {
    taken[edge] = 1;
    fresh++;
  }
}

/** How many edges were taken for the first time since the last call. */
export function freshEdges(): number {
  const count = fresh;
  fresh = 0;
  before = 0;
  return count;
}

export function forgetEdges(): void {
  taken.fill(0);
  fresh = 0;
  before = 0;
}
