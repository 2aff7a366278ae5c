/** One end of a connection: a stream that `node:http` and `ws` take for a socket. */
import { Duplex } from 'node:stream';

export interface Wire {
  /** Bytes on their way to the other end. */
  send(bytes: Uint8Array): void;
  /** Nothing more comes from this end. */
  finish(): void;
  /** This end is gone. */
  drop(): void;
}

export class SimSocket extends Duplex {
  readonly remoteAddress: string;
  readonly #wire: Wire;

  constructor(wire: Wire, remoteAddress: string) {
    super({ allowHalfOpen: true });
    this.#wire = wire;
    this.remoteAddress = remoteAddress;
  }

  override _read(): void {}

  override _write(chunk: Uint8Array, _encoding: unknown, done: () => void): void {
    this.#wire.send(new Uint8Array(chunk));
    done();
  }

  override _final(done: () => void): void {
    this.#wire.finish();
    done();
  }

  override _destroy(fault: Error | null, done: (fault: Error | null) => void): void {
    this.#wire.drop();
    done(fault);
  }

  /** What `net.Socket` has besides. */
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  destroySoon(): void {
    if (this.writableFinished) this.destroy();
    else this.end(() => this.destroy());
  }
}
