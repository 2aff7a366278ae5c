/** What an authority needs from the world around it; `main.ts` builds the real ones, tests and simulations others. */
import type { Bytes, Cbor, Millis, Result, Signer } from '@fairground/ledger';

export interface Clock {
  now(): Millis;
  /** Calls `act` once, `ms` from now; the result cancels it. */
  setTimer(ms: number, act: () => void): () => void;
}

/** `n` fresh secret bytes. */
export type Random = (n: number) => Bytes;

/** What pino's loggers have. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** The authority's own key, and the name under which its origins stand. */
export interface AuthorityKeys {
  readonly name: string;
  readonly signer: SyncSigner;
  /** Keys that were handed on, the oldest first: they sign for worlds whose log does not say so yet, and for no other. */
  readonly former?: readonly SyncSigner[];
}

/** A signer whose private half is in this process. */
export interface SyncSigner extends Signer {
  signSync(message: Bytes): Bytes;
}

export interface SupplyRequest {
  readonly world: Bytes;
  readonly request: Cbor;
  /** Keys of those who have spoken in this world. */
  readonly players: readonly Bytes[];
  /** 32 secret bytes of this world and purpose: the same after a crash. */
  readonly seed: Bytes;
}

/** Gives games what they need from outside, by kind. A thrown error is tried again later; a refusal is final. */
export interface Supplier {
  supply(request: SupplyRequest): Promise<Result<Cbor, string>>;
  /** What something that it supplied names by its SHA-256: a picture. */
  file?(hash: Bytes): Promise<Bytes | undefined>;
  /** A world is closed; its entries may say how what was supplied has fared. */
  closed?(entries: readonly Bytes[]): Promise<void>;
  /** Which of these worlds, all closed, it has not durably taken in: they are told at the start. */
  unheard?(worlds: readonly Bytes[]): Promise<readonly Bytes[]>;
}
