/**
 * Reads any honest ZIP (PKWARE APPNOTE 6.3), stored or deflated, and refuses every one that two readers could see differently: the
 * members must lie end to end, the two headers of each must agree, and nothing may come before, between or after them.
 */
import { type Bytes, equalBytes } from './bytes.ts';
import { type Result, err, ok } from './result.ts';
import { bytesToUtf8 } from './utf8.ts';

export type ZipRefusal =
  | 'zip_malformed'
  | 'zip_unsupported'
  | 'zip_disagreement'
  | 'zip_gap'
  | 'zip_name'
  | 'zip_duplicate'
  | 'zip_too_large';

export interface ZipLimits {
  /** Bytes of one member, uncompressed. */
  readonly member: number;
  /** Bytes of all members together, uncompressed. */
  readonly total: number;
  readonly count: number;
  /** Printable ASCII without spaces if not given. */
  readonly names?: 'unicode';
}

/** Where a member lies; nothing is inflated yet. */
export interface ZipEntry {
  readonly name: string;
  readonly isStored: boolean;
  readonly crc: number;
  readonly size: number;
  readonly data: Bytes;
}

interface Header {
  /** Version, flags, method, time, date: the same in both headers. */
  readonly common: Bytes;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly nameBytes: Bytes;
  readonly extraLength: number;
}

interface Listed extends Header {
  readonly offset: number;
}

const localMark = 0x04034b50;
const listedMark = 0x02014b50;
const endMark = 0x06054b50;
const descriptorMark = 0x08074b50;
const endLength = 22;

/** The members in the order of the directory, folders left out. */
export function readZip(bytes: Bytes, limits: ZipLimits): Result<readonly ZipEntry[], ZipRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - endLength;
  // The end record must be the last 22 bytes: a comment could hide a second one.
  if (end < 0 || view.getUint32(end, true) !== endMark || view.getUint16(end + 20, true) !== 0)
    return err('zip_malformed');
  const count = view.getUint16(end + 10, true);
  const isOneDisk = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count;
  if (!isOneDisk) return err('zip_malformed');
  if (count === 0xffff || view.getUint32(end + 16, true) === 0xffff_ffff)
    return err('zip_unsupported', 'ZIP64');
  if (count > limits.count) return err('zip_too_large');
  const start = view.getUint32(end + 16, true);
  if (start + view.getUint32(end + 12, true) !== end) return err('zip_gap');
  const listed = readDirectory(view, { start, end, count });
  return listed.ok ? readMembers(view, listed.value, start, limits) : listed;
}

function readDirectory(
  view: DataView,
  { start, end, count }: { readonly start: number; readonly end: number; readonly count: number },
): Result<readonly Listed[], ZipRefusal> {
  const listed: Listed[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== listedMark) return err('zip_malformed');
    const header = readHeader(view, at + 6, at + 46, end);
    const commentLength = view.getUint16(at + 32, true);
    if (!header || commentLength !== 0 || view.getUint16(at + 34, true) !== 0) return err('zip_malformed');
    listed.push({ ...header, offset: view.getUint32(at + 42, true) });
    at += 46 + header.nameBytes.length + header.extraLength;
  }
  return at === end ? ok(listed) : err('zip_gap');
}

function readMembers(
  view: DataView,
  listed: readonly Listed[],
  end: number,
  limits: ZipLimits,
): Result<readonly ZipEntry[], ZipRefusal> {
  const members = new Map<Listed, ZipEntry>();
  const names = new Set<string>();
  let at = 0;
  let total = 0;
  for (const header of [...listed].sort((a, b) => a.offset - b.offset)) {
    if (header.offset !== at) return err('zip_gap');
    const member = readMember(view, header, end, limits);
    if (!member.ok) return member;
    const { name, size } = member.value.entry;
    if (names.has(name)) return err('zip_duplicate', name);
    total += size;
    if (size > limits.member || total > limits.total) return err('zip_too_large', name);
    names.add(name);
    members.set(header, member.value.entry);
    at = member.value.next;
  }
  if (at !== end) return err('zip_gap');
  return ok(listed.flatMap((header) => members.get(header) ?? []).filter(({ name }) => !name.endsWith('/')));
}

function readMember(
  view: DataView,
  listed: Listed,
  end: number,
  limits: ZipLimits,
): Result<{ readonly entry: ZipEntry; readonly next: number }, ZipRefusal> {
  const { flags, method, crc, packed, size, offset } = listed;
  const local =
    offset + 30 <= end &&
    view.getUint32(offset, true) === localMark &&
    readHeader(view, offset + 4, offset + 30, end);
  if (!local) return err('zip_malformed');
  // Bits 1–2 say how hard the deflater tried, 3 that sums follow the data, 11 that names are UTF-8.
  if ((flags & ~0x080e) !== 0 || (method !== 0 && method !== 8)) return err('zip_unsupported');
  const hasDescriptor = (flags & 8) !== 0;
  if (!agree(listed, local, hasDescriptor)) return err('zip_disagreement');
  const name = memberName(listed.nameBytes, limits.names === 'unicode' ? unicodeName : asciiName);
  if (name === undefined || (name.endsWith('/') && size !== 0)) return err('zip_name');
  const start = offset + 30 + local.nameBytes.length + local.extraLength;
  if (start + packed > end || (method === 0 && packed !== size)) return err('zip_malformed');
  const next = start + packed + (hasDescriptor ? descriptorLength(view, start + packed, end, listed) : 0);
  if (Number.isNaN(next)) return err('zip_disagreement');
  const data = new Uint8Array(view.buffer, view.byteOffset + start, packed);
  return ok({ entry: { name, isStored: method === 0, crc, size, data }, next });
}

/** The fields that both kinds of header share, from the version on. */
function readHeader(view: DataView, at: number, nameAt: number, end: number): Header | undefined {
  const nameLength = view.getUint16(at + 22, true);
  const extraLength = view.getUint16(at + 24, true);
  if (nameAt + nameLength + extraLength > end) return undefined;
  const slice = (start: number, length: number) =>
    new Uint8Array(view.buffer, view.byteOffset + start, length);
  return {
    common: slice(at, 10),
    flags: view.getUint16(at + 2, true),
    method: view.getUint16(at + 4, true),
    crc: view.getUint32(at + 10, true),
    packed: view.getUint32(at + 14, true),
    size: view.getUint32(at + 18, true),
    nameBytes: slice(nameAt, nameLength),
    extraLength,
  };
}

function agree(listed: Header, local: Header, hasDescriptor: boolean): boolean {
  const isSummed = local.crc === listed.crc && local.packed === listed.packed && local.size === listed.size;
  const isDeferred = hasDescriptor && local.crc === 0 && local.packed === 0 && local.size === 0;
  return (
    equalBytes(listed.common, local.common) &&
    equalBytes(listed.nameBytes, local.nameBytes) &&
    (isSummed || isDeferred)
  );
}

/** 12 bytes, or 16 with its mark; NaN unless it repeats the directory's sums. */
function descriptorLength(view: DataView, at: number, end: number, { crc, packed, size }: Header): number {
  const isMarked = at + 16 <= end && view.getUint32(at, true) === descriptorMark;
  const sums = isMarked ? at + 4 : at;
  if (sums + 12 > end) return Number.NaN;
  const isSame =
    view.getUint32(sums, true) === crc &&
    view.getUint32(sums + 4, true) === packed &&
    view.getUint32(sums + 8, true) === size;
  return isSame ? sums + 12 - at : Number.NaN;
}

/** Relative, forward slashes, no empty part, no `.` or `..`, no drive, no control character. */
const asciiName = /^[\x21-\x7e]{1,1000}$/;
// Direction marks would show another name than there is.
const unicodeName = /^(?!.*[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]).{1,1000}$/u;

function memberName(bytes: Bytes, allowed: RegExp): string | undefined {
  const name = bytesToUtf8(bytes);
  if (name === undefined || !allowed.test(name) || /[\\:]/.test(name)) return undefined;
  const parts = name.replace(/\/$/, '').split('/');
  return parts.every((part) => part !== '' && part !== '.' && part !== '..') ? name : undefined;
}
