/** One reader (and perhaps writer) of one document, without its socket: what the socket layer hands to a document. */
import type { Bytes } from '@fairground/ledger';
import type { ProblemCode } from '@fairground/protocol';

/** Who is speaking: from the verified token, never from a message. */
export interface Who {
  readonly did: string;
  readonly key: Bytes;
  /** Hex of `key`. */
  readonly hex: string;
  /** Of this session; client ids are counted by it. */
  readonly sid: string;
}

export interface DocConnection {
  /** Undefined for somebody without a session: reads, never writes. */
  readonly who?: Who;
  send(frame: Bytes): void;
  close(code: ProblemCode): void;
}
