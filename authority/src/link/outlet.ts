/** The end of the link that is open now, if any; what is sent while none is open is told in full to the next one. */
import type { LinkPort, ToRelay } from '@fairground/protocol';
import { encodeFrame } from '@fairground/protocol';

export interface Outlet {
  readonly isOpen: boolean;
  send(frame: ToRelay): void;
  /** Replaces the port before it. */
  attach(port: LinkPort): void;
  close(): void;
}

/** `changed`: what the end before had said holds no more. */
export function createOutlet(changed: () => void = () => {}): Outlet {
  let current: LinkPort | undefined;
  return {
    get isOpen() {
      return current !== undefined;
    },
    send: (frame) => current?.send(encodeFrame(frame)),
    attach(port) {
      current?.close();
      current = port;
      changed();
      port.onClose(() => {
        if (current === port) current = undefined;
      });
    },
    close() {
      current?.close();
      current = undefined;
      changed();
    },
  };
}
