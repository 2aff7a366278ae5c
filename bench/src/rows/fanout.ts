/** P1: what it costs the server to show everybody in one large room what a few of them write. */
import { compareServers, ratioTo } from '../crowd/compare.ts';
import type { Measure, Row } from '../row.ts';

export const row: Row = {
  name: 'fanout',
  target: 'P1',
  title: 'Relay fan-out, one room of 3,000 sockets: server CPU s per 1 M deliveries',
  run,
};

async function run(): Promise<readonly Measure[]> {
  const costs = await compareServers({
    size: { rooms: 1, sockets: 3_000, writers: 4 },
    pace: { perSecond: 20, seconds: 4 },
  });
  return [
    ratioTo(costs, 'bare', 1.05),
    ratioTo(costs, 'y-websocket-server', 0.9),
    ratioTo(costs, 'hocuspocus', 0.9),
  ];
}
