/** A first guess of the authority's clock, before any live entry tells it: the relay says what time it is. */
import { AuthorityReply, paths } from '@fairground/protocol';
import type { Http } from '../http.ts';
import type { Clock } from '../ports.ts';

/** The authority's clock minus this device's, ms; wrong by half the round trip at most, where relay and authority agree. Undefined if nobody answers. */
export type GuessOffset = () => Promise<number | undefined>;

export function createGuessOffset({
  http,
  clock,
}: {
  readonly http: Http;
  readonly clock: Clock;
}): GuessOffset {
  let asking: Promise<number | undefined> | undefined;
  const ask = async () => {
    const sent = clock.now();
    const reply = await http.json(paths.authority(), AuthorityReply);
    return reply.ok ? Math.round(reply.value.now - (sent + clock.now()) / 2) : undefined;
  };
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}
