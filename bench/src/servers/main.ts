/** `node main.ts <kind> <rooms>`: opens a server, says where, and answers each message with the CPU time it has used. */
import { type Kind, kinds, type Opened } from './opened.ts';

/** One process has the code of one server. */
const open: Readonly<Record<Kind, (rooms: number) => Promise<Opened>>> = {
  ours: async (rooms) => (await import('./ourServer.ts')).openOurs(rooms),
  bare: async (rooms) => (await import('./bareServer.ts')).openBare(rooms),
  'y-websocket-server': async (rooms) => (await import('./yServer.ts')).openYServer(rooms),
  hocuspocus: async (rooms) => (await import('./hocuspocusServer.ts')).openHocuspocus(rooms),
};

const [name, count] = process.argv.slice(2);
const kind = kinds.find((known) => known === name);
if (!kind || !process.send) throw new Error('main.ts is started by startServer');
process.on('message', () => process.send?.(cpuMs()));
process.on('disconnect', () => process.exit()); // nobody is left to measure it
process.send(await open[kind](Number(count)));

/** Of all threads: what a store's worker and the collector do is the server's work too. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
