/** Has a crowd write small updates at an even pace, waits until everybody has them all, and says what that cost the server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd, Writer } from './crowd.ts';

export interface Pace {
  /** Updates a second, by all writers together. */
  readonly perSecond: number;
  readonly seconds: number;
}

export interface Cost {
  readonly cpuMs: number;
  readonly updates: number;
  /** One update to one listener. */
  readonly deliveries: number;
}

const PATIENCE_MS = 120_000;

export async function writeFor(crowd: Crowd, { perSecond, seconds }: Pace): Promise<Cost> {
  const total = Math.round(perSecond * seconds);
  const messages = prepare(crowd, total);
  const before = await crowd.server.cpuMs();
  await sendEvenly(messages, perSecond);
  await untilComplete(crowd);
  const cpuMs = (await crowd.server.cpuMs()) - before;
  return { cpuMs, updates: total, deliveries: total * crowd.listeners };
}

interface Message {
  readonly writer: Writer;
  readonly bytes: Uint8Array;
}

/** Made beforehand, so that a busy crowd still keeps its pace. */
function prepare({ writers, dialect }: Crowd, total: number): readonly Message[] {
  const messages: Message[] = [];
  for (let i = 0; i < total; i++) {
    const writer = writers[i % writers.length];
    if (writer) messages.push({ writer, bytes: dialect.update(writer.room, nextUpdate(writer)) });
  }
  return messages;
}

/** A word more at the end of what this writer has said. */
function nextUpdate({ doc }: Writer): Uint8Array {
  let update: Uint8Array = new Uint8Array(0);
  const take = (made: Uint8Array) => void (update = made);
  doc.on('update', take);
  doc.getArray<number>(`of ${doc.clientID}`).push([doc.getArray(`of ${doc.clientID}`).length]);
  doc.off('update', take);
  return update;
}

async function sendEvenly(messages: readonly Message[], perSecond: number): Promise<void> {
  const began = performance.now();
  let sent = 0;
  while (sent < messages.length) {
    const due = Math.min(messages.length, Math.ceil(((performance.now() - began) * perSecond) / 1000));
    for (const { writer, bytes } of messages.slice(sent, due)) writer.socket.send(bytes);
    sent = due;
    await sleep(5);
  }
}

async function untilComplete(crowd: Crowd): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!crowd.isComplete()) {
    if (performance.now() > deadline) throw new Error(`${crowd.server.kind}: not everything has arrived`);
    await sleep(20);
  }
}
