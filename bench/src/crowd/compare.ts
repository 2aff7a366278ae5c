/** The same crowd before our relay and its peers, by turns, so that what disturbs one disturbs them all. */
import { median } from '../median.ts';
import type { Measure } from '../row.ts';
import { type Kind, kinds } from '../servers/opened.ts';
import { startServer } from '../servers/startServer.ts';
import { type Crowd, type CrowdSize, gather } from './crowd.ts';
import { type Pace, writeFor } from './write.ts';

const RUNS = 5;

/** By server: CPU s per 1 M deliveries, of each run. */
export type Costs = ReadonlyMap<Kind, readonly number[]>;

export async function compareServers({
  size,
  pace,
}: {
  readonly size: CrowdSize;
  readonly pace: Pace;
}): Promise<Costs> {
  const crowds: Crowd[] = [];
  const costs = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
  try {
    for (const kind of kinds) crowds.push(await gather(await startServer(kind, size.rooms), size));
    for (const crowd of crowds) await writeFor(crowd, { ...pace, seconds: 1 }); // nobody is measured cold
    for (let i = 0; i < RUNS; i++) {
      for (const crowd of crowds) {
        const { cpuMs, deliveries } = await writeFor(crowd, pace);
        costs.get(crowd.server.kind)?.push((cpuMs * 1000) / deliveries);
      }
    }
  } finally {
    for (const crowd of crowds) crowd.close();
    await Promise.all(crowds.map(({ server }) => server.stop()));
  }
  return costs;
}

/** Ours against another's. */
export function ratioTo(costs: Costs, kind: Exclude<Kind, 'ours'>, factor: number): Measure {
  const peer = median(costs.get(kind) ?? []);
  return {
    what: `ours, against ${names[kind]}`,
    value: median(costs.get('ours') ?? []),
    unit: 'CPU s / 1 M',
    atMost: factor * peer,
    peer,
    because: `${factor} × ${peer.toFixed(2)}, same run`,
  };
}

const names: Readonly<Record<Exclude<Kind, 'ours'>, string>> = {
  bare: 'a bare ws loop',
  'y-websocket-server': '@y/websocket-server',
  hocuspocus: 'Hocuspocus',
};
