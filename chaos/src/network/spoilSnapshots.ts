/** What carries a reader's files hands it snapshots in which one number is another: they look right, and only their hash tells. */

/** Leaves everything alone but answers for snapshots, while it is told to spoil them. */
export function spoilSnapshots(
  fetch: typeof globalThis.fetch,
  isSpoilt: () => boolean,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!isSpoilt() || response.status !== 200 || !String(input).includes('/snapshot/')) return response;
    const { status, headers } = response;
    return new Response(withAnotherTotal(new Uint8Array(await response.arrayBuffer())), { status, headers });
  };
}

/** The number after `total` in the tally's state, one up or down: canonical CBOR still, and of the same length. */
function withAnotherTotal(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const head = Buffer.from(bytes.buffer).indexOf('total') + 5;
  const info = (bytes[head] ?? 0) & 31;
  const last = head + (info < 24 ? 0 : 2 ** (info - 24));
  return bytes.map((byte, i) => (i === last ? byte ^ 1 : byte));
}
