/** Entries to bytes and back: the closed union of docs/spec/ledger.cddl, checked once at the edge. */
import type { Bytes } from './bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts';
import {
  type CloseEntry,
  type CommitEntry,
  type Genesis,
  type IntentEntry,
  type KeyEntry,
  type LockEntry,
  type LogEntry,
  type LotEntry,
  MAX_ENTRY_BYTES,
  type PauseEntry,
  type ResumeEntry,
  type RevealEntry,
  type LostEnd,
  type LostReceipt,
  type Parent,
  type RotateEntry,
  type SeenEntry,
  type StateEntry,
  type ThinkEntry,
  type TimeEntry,
  type UpgradeEntry,
} from './entry.ts';
import { readIntentEntry } from './intentRead.ts';
import { type Result, err, ok } from './result.ts';
import {
  bytesOf,
  isAnyBytes,
  isCode,
  isFlag,
  isMap,
  isPresent,
  isText,
  isUint,
  listOf,
  literal,
  optional,
  shape,
} from './shape.ts';

export type EntryRefusal =
  | 'entry_too_large'
  | 'entry_malformed'
  | 'entry_not_canonical'
  | 'entry_kind_unknown'
  | 'entry_shape';

type Shapes = {
  readonly [Kind in LogEntry['kind']]: (
    value: unknown,
  ) => value is Extract<LogEntry, { readonly kind: Kind }>;
};

const bytes16 = bytesOf(16);
const bytes32 = bytesOf(32);
const bytes64 = bytesOf(64);

const shapes: Shapes = {
  genesis: shape<Genesis>({
    kind: literal('genesis'),
    v: literal(1),
    at: isUint,
    nonce: bytes16,
    authority: shape<Genesis['authority']>({ name: isText, key: bytes32 }),
    successors: listOf(bytes32),
    host: bytes32,
    game: isCode,
    version: isUint,
    rules: bytes32,
    config: isPresent,
    policy: isText,
    rand: bytes32,
    parent: optional(
      shape<Parent>({
        checkpoint: isAnyBytes,
        state: bytes32,
        lost: optional(
          shape<LostEnd>({
            size: isUint,
            root: bytes32,
            receipts: listOf(shape<LostReceipt>({ index: isUint, intentHash: bytes32 })),
          }),
        ),
      }),
    ),
  }),
  intent: shape<IntentEntry>({
    kind: literal('intent'),
    at: isUint,
    via: isCode,
    rtt: optional(isUint),
    bytes: isAnyBytes,
    sig: bytes64,
    refused: optional(isCode),
  }),
  seen: shape<SeenEntry>({
    kind: literal('seen'),
    at: isUint,
    seen: listOf(shape<SeenEntry['seen'][number]>({ bytes: isAnyBytes, sig: bytes64 })),
  }),
  time: shape<TimeEntry>({ kind: literal('time'), at: isUint }),
  commit: shape<CommitEntry>({
    kind: literal('commit'),
    at: isUint,
    what: isText,
    from: isUint,
    commits: listOf(bytes32),
  }),
  key: shape<KeyEntry>({ kind: literal('key'), at: isUint, lot: isUint, pk: bytes32 }),
  lock: shape<LockEntry>({
    kind: literal('lock'),
    at: isUint,
    round: isUint,
    commits: listOf(shape<LockEntry['commits'][number]>({ who: bytes32, commit: bytes32 })),
  }),
  reveal: shape<RevealEntry>({
    kind: literal('reveal'),
    at: isUint,
    what: isText,
    index: isUint,
    nonce: bytes32,
    value: isPresent,
  }),
  lot: shape<LotEntry>({
    kind: literal('lot'),
    at: isUint,
    lot: isUint,
    sk: bytes32,
    openings: listOf(
      shape<LotEntry['openings'][number]>({ index: isUint, nonce: bytes32, value: isPresent }),
    ),
    void: listOf(isUint),
    more: isFlag,
  }),
  think: shape<ThinkEntry>({
    kind: literal('think'),
    at: isUint,
    id: isUint,
    ask: isPresent,
    deadline: isUint,
    fallback: isPresent,
  }),
  state: shape<StateEntry>({ kind: literal('state'), at: isUint, hash: bytes32 }),
  pause: shape<PauseEntry>({ kind: literal('pause'), at: isUint, reason: isCode }),
  resume: shape<ResumeEntry>({ kind: literal('resume'), at: isUint }),
  upgrade: shape<UpgradeEntry>({
    kind: literal('upgrade'),
    at: isUint,
    toVersion: isUint,
    rules: bytes32,
    stateBefore: bytes32,
    stateAfter: bytes32,
  }),
  rotate: shape<RotateEntry>({
    kind: literal('rotate'),
    at: isUint,
    newKey: bytes32,
    effectiveSize: isUint,
    sigOld: bytes64,
    sigNew: bytes64,
  }),
  close: shape<CloseEntry>({ kind: literal('close'), at: isUint, finalSize: isUint, reason: isCode }),
};

/** Throws on what CBOR cannot say; the length is checked where the entry is stepped. */
export function encodeEntry(entry: LogEntry): Uint8Array<ArrayBuffer> {
  return encodeCbor(entry as unknown as Cbor);
}

/** Never throws. Refuses more than 8 KiB, a second spelling, an unknown kind, and a missing, extra or ill-typed field. */
export function decodeEntry(bytes: Bytes): Result<LogEntry, EntryRefusal> {
  if (bytes.length > MAX_ENTRY_BYTES) return err('entry_too_large');
  const short = readIntentEntry(bytes);
  return short ? ok(short) : decodeAnyEntry(bytes);
}

/** The long way, for every kind and every refusal. */
export function decodeAnyEntry(bytes: Bytes): Result<LogEntry, EntryRefusal> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok)
    return err(
      decoded.code === 'cbor_malformed' ? 'entry_malformed' : 'entry_not_canonical',
      decoded.message,
    );
  if (!isMap(decoded.value)) return err('entry_shape');
  const { kind } = decoded.value;
  if (!isKind(kind)) return err('entry_kind_unknown');
  return isEntry(kind, decoded.value) ? ok(decoded.value) : err('entry_shape', kind);
}

function isKind(kind: unknown): kind is LogEntry['kind'] {
  return typeof kind === 'string' && Object.hasOwn(shapes, kind);
}

function isEntry(kind: LogEntry['kind'], value: unknown): value is LogEntry {
  return shapes[kind](value);
}
