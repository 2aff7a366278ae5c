/** Frames of the y-websocket protocol, put together by hand. */

/** A Yjs update: one string of `length` in the root `notes` of client 9, behind what it wrote before. */
export function textFrame(clock: number, length: number): Uint8Array {
  const place = clock === 0 ? [4, 1, ...word('notes')] : [0x84, 9, ...varUint(clock - 1)];
  const text = Array.from({ length }, () => 0x61);
  const update = [1, 1, 9, ...varUint(clock), ...place, ...varUint(length), ...text, 0];
  return new Uint8Array([0, 2, ...varUint(update.length), ...update]);
}

/** The presence of one client; `state` is JSON text. */
export function presenceFrame(client: number, state: string): Uint8Array {
  const presence = [1, ...varUint(client), 1, ...word(state)];
  return new Uint8Array([1, ...varUint(presence.length), ...presence]);
}

function word(text: string): readonly number[] {
  return [...varUint(text.length), ...Buffer.from(text)];
}

function varUint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 0x7f) | 0x80, ...varUint(Math.floor(value / 128))];
}
