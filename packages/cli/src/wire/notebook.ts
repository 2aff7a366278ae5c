/** Everything that one client got to read, in the order in which it came. */
import type { Bytes } from '@fairground/ledger';

export interface Reading {
  /** What was asked, or which socket it came by. */
  readonly from: string;
  /** HTTP status; of a socket the close code, or 0 for a frame. */
  readonly status: number;
  readonly bytes: Bytes;
}

export interface Notebook {
  readonly readings: readonly Reading[];
  note(reading: Reading): void;
  /** Resolves with the first reading that fits, be it in the book already or yet to come. */
  until(fits: (reading: Reading) => boolean): Promise<Reading>;
}

export function createNotebook(): Notebook {
  const readings: Reading[] = [];
  const waiting = new Set<(reading: Reading) => void>();
  return {
    readings,
    note(reading) {
      readings.push(reading);
      for (const look of waiting) look(reading);
    },
    until(fits) {
      const known = readings.find(fits);
      if (known) return Promise.resolve(known);
      return new Promise((resolve) => {
        const look = (reading: Reading) => {
          if (!fits(reading)) return;
          waiting.delete(look);
          resolve(reading);
        };
        waiting.add(look);
      });
    },
  };
}

/** Those before the first that holds `bytes`; throws if none does, because then nothing was before anything. */
export function readingsBefore(readings: readonly Reading[], bytes: Bytes): readonly Reading[] {
  const needle = Buffer.from(bytes);
  const first = readings.findIndex((reading) => asBuffer(reading.bytes).includes(needle));
  if (first < 0) throw new Error('nothing that was read holds these bytes');
  return readings.slice(0, first);
}

export function asBuffer({ buffer, byteOffset, byteLength }: Bytes): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
