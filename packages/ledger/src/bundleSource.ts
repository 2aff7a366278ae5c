/** Where a log's files come from: a `.fair` in memory, a folder, an address. All give members by path; nothing in them is believed yet. */
import { inflateSync } from 'fflate';
import type { Bytes } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { type Result, ok } from './result.ts';
import { type ZipEntry, type ZipLimits, type ZipRefusal, readZip } from './zipRead.ts';
import { zipHeaders } from './zipWrite.ts';

export interface BundleSource {
  /** A member's bytes, undefined if there is none. Rejects when the carrier fails (no network, a damaged archive). */
  read(path: string): Promise<Bytes | undefined>;
  /** Every member there is; absent where that cannot be listed. */
  readonly names?: readonly string[];
  /** Members whose checksum is wrong, as far as they have been read: an accident if nothing else is found. */
  readonly damaged?: ReadonlySet<string>;
  /** The ZIP itself, where there is one: another thread can be given it. */
  readonly file?: Bytes;
  /** `read` without a look at the checksum, for whoever knows that another looks at it. */
  readUnsummed?(path: string): Promise<Bytes | undefined>;
  /** How a ZIP relates to the one that `writeBundle` makes of its members; says nothing about them. Absent where there is no ZIP. */
  packing?(): Packing;
}

/**
 * `other`: packed anew by somebody, who leaves a mark on every member. `damaged`: the very file but for a few bytes of its headers, the
 * first of them at `at`.
 */
export type Packing =
  | { readonly kind: 'canonical' }
  | { readonly kind: 'other' }
  | { readonly kind: 'damaged'; readonly at: number };

/** The part of `fetch` that is used. */
export type Fetch = (url: string) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

const mebibyte = 2 ** 20;

export const bundleLimits: ZipLimits = { member: 64 * mebibyte, total: 1024 * mebibyte, count: 65_000 };

/** What a carrier says when a member is there but cannot be had. */
export class SourceFault extends Error {}

/** A `.fair` file, or any ZIP of the same members; members are inflated when they are read. */
export function zipSource(bytes: Bytes, limits: ZipLimits = bundleLimits): Result<BundleSource, ZipRefusal> {
  const archive = readZip(bytes, limits);
  if (!archive.ok) return archive;
  const members = new Map(archive.value.map((entry) => [entry.name, entry]));
  const damaged = new Set<string>();
  const contentOf = (path: string, isSummed: boolean): Bytes | undefined => {
    const entry = members.get(path);
    const content = entry && inflate(entry);
    if (content && isSummed && crc32(content) !== entry.crc) damaged.add(path);
    return content;
  };
  return ok({
    names: [...members.keys()],
    damaged,
    file: bytes,
    read: async (path) => contentOf(path, true),
    readUnsummed: async (path) => contentOf(path, false),
    packing: () => packingOf(bytes, archive.value),
  });
}

/** A log served over HTTP as C2SP tiles: `<base>/checkpoint`, `<base>/tile/…`; `query` (a capability) follows every path. */
export function urlSource(
  deps: { readonly fetch: Fetch },
  base: string,
  { query = '', limit = bundleLimits.member }: { readonly query?: string; readonly limit?: number } = {},
): BundleSource {
  const root = base.replace(/\/+$/, '');
  return {
    async read(path) {
      const response = await deps.fetch(`${root}/${path}${query}`);
      if (response.status === 404) return undefined;
      if (!response.ok) throw new SourceFault(`${path}: status ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > limit) throw new SourceFault(`${path}: larger than ${limit} bytes`);
      return bytes;
    },
  };
}

/** Members in memory, for whoever has just made them. */
export function memorySource(members: ReadonlyMap<string, Bytes>): BundleSource {
  return { names: [...members.keys()], read: async (path) => members.get(path) };
}

function inflate({ name, isStored, size, data }: ZipEntry): Bytes {
  if (isStored) return data;
  // One byte more than it claims to be: a longer one shows, and cannot take more memory than the limit let through.
  const room = new Uint8Array(size + 1);
  try {
    const content = inflateSync(data, { out: room });
    if (content.length === size) return content;
  } catch {
    // Falls through to the one fault.
  }
  throw new SourceFault(`${name}: damaged`);
}

/** Compares headers only: checksums against contents are compared where members are read. */
function packingOf(file: Bytes, entries: readonly ZipEntry[]): Packing {
  const isStored = entries.every((entry) => entry.isStored && entry.data.length === entry.size);
  const isSorted = entries.every(({ name }, i) => i === 0 || (entries[i - 1]?.name ?? '') < name);
  if (!isStored || !isSorted) return { kind: 'other' };
  const { locals, tail } = zipHeaders(entries);
  const strays: number[] = [];
  let at = 0;
  for (const [i, local] of locals.entries()) {
    strays.push(...differences(file, local, at));
    at += local.length + (entries[i]?.size ?? 0);
  }
  if (file.length !== at + tail.length) return { kind: 'other' };
  strays.push(...differences(file, tail, at));
  const [first] = strays;
  if (first === undefined) return { kind: 'canonical' };
  return strays.length < entries.length ? { kind: 'damaged', at: first } : { kind: 'other' };
}

/** Where `file` does not have `expected` from `start` on. */
function differences(file: Bytes, expected: Bytes, start: number): readonly number[] {
  return [...expected.keys()].map((at) => start + at).filter((at) => file[at] !== expected[at - start]);
}
