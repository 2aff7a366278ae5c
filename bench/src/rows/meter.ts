/** P3: the crowd meter. Presence in batches, against a server that passes on each word by itself. */
import { type Meter, openMeter } from '../crowd/meter.ts';
import { median, percentile } from '../median.ts';
import type { Measure, Row } from '../row.ts';
import { startServer } from '../servers/startServer.ts';

const RUNS = 5;
const PEOPLE = 200;
const SECONDS = 2;
const FACTOR = 0.1;
const LATE_MS = 120;

export const row: Row = {
  name: 'meter',
  target: 'P3',
  title: 'Crowd meter, 200 clients × 5 Hz, all words heard: server CPU ms in 2 s',
  run,
};

async function run(): Promise<readonly Measure[]> {
  const [ours, unbatched] = [
    await openMeter(await startServer('ours', 1), PEOPLE),
    await openMeter(await startServer('y-websocket-server', 1), PEOPLE),
  ];
  try {
    return await compare(ours, unbatched);
  } finally {
    for (const { close, server } of [ours, unbatched]) {
      close();
      await server.stop();
    }
  }
}

async function compare(ours: Meter, unbatched: Meter): Promise<readonly Measure[]> {
  const used: [number[], number[]] = [[], []];
  const lateness: number[] = [];
  for (const meter of [ours, unbatched]) await meter.run(1); // nobody is measured cold
  for (let i = 0; i < RUNS; i++) {
    const own = await ours.run(SECONDS);
    used[0].push(own.cpuMs);
    lateness.push(...own.lateness);
    used[1].push((await unbatched.run(SECONDS)).cpuMs);
  }
  const peer = median(used[1]);
  return [
    {
      what: 'ours, against @y/websocket-server',
      value: median(used[0]),
      unit: 'CPU ms',
      atMost: FACTOR * peer,
      peer,
      because: `${FACTOR} × ${peer.toFixed(0)}, same run`,
    },
    {
      what: '99 % of all words',
      value: percentile(lateness, 0.99),
      unit: 'ms',
      atMost: LATE_MS,
      because: 'the target',
    },
  ];
}
