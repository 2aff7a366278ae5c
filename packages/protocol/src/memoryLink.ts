/** A link inside one process: what one end sends the other receives in order, in a later microtask. */
import type { Bytes } from '@fairground/ledger';
import type { LinkPort } from './link.ts';

export function memoryLink(): readonly [LinkPort, LinkPort] {
  const a = end();
  const b = end();
  a.peer = b;
  b.peer = a;
  return [a.port, b.port];
}

interface End {
  peer?: End;
  readonly port: LinkPort;
  receive(frame: Bytes): void;
  shut(): void;
}

function end(): End {
  const waiting: Bytes[] = [];
  const closers: (() => void)[] = [];
  let listener: ((frame: Bytes) => void) | undefined;
  let open = true;
  const drain = () => {
    while (open && listener && waiting.length > 0) {
      const frame = waiting.shift();
      if (frame) listener(frame);
    }
  };
  const self: End = {
    receive(frame) {
      waiting.push(frame);
      queueMicrotask(drain);
    },
    shut() {
      if (!open) return;
      open = false;
      for (const closer of closers) closer();
    },
    port: {
      send(frame) {
        if (open) self.peer?.receive(frame.slice());
      },
      onFrame(next) {
        listener = next;
        queueMicrotask(drain);
      },
      onClose(closer) {
        closers.push(closer);
      },
      close() {
        self.shut();
        const { peer } = self;
        queueMicrotask(() => peer?.shut());
      },
    },
  };
  return self;
}
