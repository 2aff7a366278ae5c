/** P2: many small rooms in which everybody writes, and how many updates a second one core takes in. */
import { compareServers, ratioTo } from '../crowd/compare.ts';
import { gather } from '../crowd/crowd.ts';
import { writeFor } from '../crowd/write.ts';
import { median } from '../median.ts';
import type { Measure, Row } from '../row.ts';
import { startServer } from '../servers/startServer.ts';

const RUNS = 3;
const INCOMING = 30_000;

export const row: Row = {
  name: 'rooms',
  target: 'P2',
  title:
    '500 rooms of 4 writers, 16,000 deliveries a second: server CPU s per 1 M deliveries; updates taken in',
  run: async () => [await manyRooms(), await incoming()],
};

async function manyRooms(): Promise<Measure> {
  const costs = await compareServers({
    size: { rooms: 500, sockets: 4, writers: 4 },
    pace: { perSecond: 16_000 / 3, seconds: 3 },
  });
  return ratioTo(costs, 'y-websocket-server', 0.6);
}

/** Offered at that rate, in 500 rooms with a writer and a reader each; all of it is stored and heard. */
async function incoming(): Promise<Measure> {
  const server = await startServer('ours', 500);
  try {
    const crowd = await gather(server, { rooms: 500, sockets: 2, writers: 1 });
    const used: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      const { cpuMs, updates } = await writeFor(crowd, { perSecond: INCOMING, seconds: 2 });
      used.push((cpuMs / 1000) * (INCOMING / updates));
    }
    crowd.close();
    return {
      what: `${INCOMING} incoming updates`,
      value: median(used),
      unit: 'CPU s',
      atMost: 1,
      because: 'so many a second on one core',
    };
  } finally {
    await server.stop();
  }
}
