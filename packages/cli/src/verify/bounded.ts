/** Bodies from addresses that nobody vouches for: what never ends is not read to its end. */
import { type Bytes, concatBytes, type Fetch, SourceFault } from '@fairground/ledger';

/** Undefined when there is more than `max`. */
export async function readAtMost(
  response: Response,
  max: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Bytes[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > max) return undefined;
    parts.push(part);
  }
  return concatBytes(...parts);
}

export function fetchAtMost(max: number): Fetch {
  return async (url) => {
    const response = await fetch(url);
    const { ok, status } = response;
    return {
      ok,
      status,
      async arrayBuffer() {
        const bytes = await readAtMost(response, max);
        if (!bytes) throw new SourceFault(`${url}: larger than ${max} bytes`);
        return bytes.buffer;
      },
    };
  };
}
