/** `pnpm kill-loop [--rounds 200] [--seed n]`: kills real servers with -9 under fifty answering players, and looks for what was lost. */
import { parseArgs } from 'node:util';
import { createSeed } from '@fairground/cli';
import { type Season, playSeason } from './season.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    players: { type: 'string', default: '50' },
    verbose: { type: 'boolean', default: false },
  },
});
const [rounds, number, players] = [values.rounds, values.seed, values.players].map(Number);
const KILLS_A_SEASON = 20;
const began = performance.now();
const seasons: Season[] = [];
for (let left = rounds ?? 0; left > 0; left -= KILLS_A_SEASON) {
  const n = seasons.length + 1;
  const seed = createSeed((number ?? 1) * 1_000_000 + n);
  const chance = seed.draws('victims');
  // Every third season is of one process, and then nobody falls alone.
  const layout = n % 3 === 0 ? 'together' : 'apart';
  const pick = () => (layout === 'together' ? 'both' : chance.pick(['authority', 'relay', 'both'] as const));
  const season = await playSeason({
    layout,
    victims: Array.from({ length: Math.min(left, KILLS_A_SEASON) }, pick),
    players: players ?? 50,
    tables: 2,
    questions: 8,
    seed,
    patienceMs: 180_000,
    tell: values.verbose ? (line) => console.log(line) : () => {},
  });
  seasons.push(season);
  console.log(`season ${n}, ${season.layout}: ${describe(season)}`);
  if (season.faults.length > 0) break;
}
const seconds = (performance.now() - began) / 1000;
console.log(`${describe(total(seasons))}, ${seconds.toFixed(0)} s, seed ${number}`);
for (const fault of seasons.flatMap(({ faults }) => faults)) console.error(fault);
if (seasons.some(({ faults }) => faults.length > 0)) process.exitCode = 1;

function total(all: readonly Season[]): Season {
  const sum = (of: (season: Season) => number) => all.reduce((so, season) => so + of(season), 0);
  return {
    layout: 'apart',
    kills: all.flatMap(({ kills }) => kills),
    faults: all.flatMap(({ faults }) => faults),
    matches: sum(({ matches }) => matches),
    receipts: sum(({ receipts }) => receipts),
    checkpoints: sum(({ checkpoints }) => checkpoints),
    entries: sum(({ entries }) => entries),
  };
}

function describe({ kills, matches, receipts, checkpoints, entries, faults }: Season): string {
  const of = (wanted: string) => kills.filter(({ victim }) => victim === wanted).length;
  const back = kills.map(({ backMs }) => backMs).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(back[Math.floor(share * (back.length - 1))] ?? 0);
  return (
    `${kills.length} kills (authority ${of('authority')}, relay ${of('relay')}, both ${of('both')}), ` +
    `${matches} matches, ${entries} entries, ${receipts} receipts, ${checkpoints} checkpoints, ` +
    `first receipt after ${at(0.5)} ms (median), ${at(1)} ms (longest), ${faults.length} faults`
  );
}
