/** What a verification says: `fairground verify --json` prints it as it is. */
import type { AuditCode } from './audit.ts';
import type { NoteRefusal } from './note.ts';
import type { VerifyCode } from './replay.ts';
import type { OpenRefusal } from './world.ts';

export type VerifyLevel = 'quick' | 'full';

/** `pinned`: an anchor that the asker brought; `known`: the authority's key is among the asker's contacts. */
export type Trust = 'pinned' | 'known' | 'self-asserted';

export type FailureCode =
  | VerifyCode
  | OpenRefusal
  | AuditCode
  | NoteRefusal
  | 'note_signature_bad'
  | 'note_unsigned'
  | 'note_stranger'
  | 'checkpoint_malformed'
  | 'checkpoint_empty'
  | 'checkpoint_root'
  | 'policy_no_log'
  | 'policy_quorum'
  | 'log_too_large'
  | 'member_missing'
  | 'member_unnamed'
  | 'entry_bundle_malformed'
  | 'leaf_mismatch'
  | 'tile_mismatch'
  | 'origin_mismatch'
  | 'world_json_mismatch'
  | 'policy_mismatch'
  | 'blob_mismatch'
  | 'checksum_mismatch'
  | 'container_damaged'
  | 'source_unreadable'
  | 'anchor_malformed'
  | 'anchor_mismatch';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Failure {
  readonly code: FailureCode;
  /** Of the entry, where one is to blame. */
  readonly index: number | null;
  readonly message: string;
}

export interface VerifyReport {
  readonly valid: boolean;
  readonly level: VerifyLevel;
  readonly trust: Trust;
  /** Base32; empty as long as the genesis is not read. */
  readonly world: string;
  readonly origin: string;
  readonly game: string;
  readonly version: number;
  readonly size: number;
  /** Keys with a place in the log. */
  readonly players: number;
  readonly ms: number;
  readonly checks: readonly Check[];
  readonly failure: Failure | null;
}

/** Stops a verification; caught by `verify` alone. */
export class Verdict extends Error {
  readonly failure: Failure;
  constructor(code: FailureCode, index: number | null, message = '') {
    super(code);
    this.failure = { code, index, message: message === '' ? code : message };
  }
}
