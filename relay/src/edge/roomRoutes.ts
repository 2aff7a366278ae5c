/** `POST /codes/<six digits>`, `GET /rooms/<room>`, `GET /authority`, `GET /bank`. */
import { bytesToHex } from '@fairground/ledger';
import {
  type AuthorityReply,
  type CodeReply,
  type HelloFrame,
  type RoomReply,
  formatDid,
  parseCode,
  parseRoomId,
} from '@fairground/protocol';
import type { AuthorityLinks } from '../mailbox/authorityLinks.ts';
import type { Publications } from '../mailbox/publications.ts';
import type { Clock } from '../ports.ts';
import type { CodeGuard } from './codeGuard.ts';
import { type App, answer, callerOf, capOf, problem } from './context.ts';
import type { RoomBook } from './roomBook.ts';

export interface RoomRouteDeps {
  readonly clock: Clock;
  readonly rooms: RoomBook;
  readonly guard: CodeGuard;
  readonly links: AuthorityLinks;
  readonly publications: Publications;
  readonly trustProxy: boolean;
}

export function addRoomRoutes(
  app: App,
  { clock, rooms, guard, links, publications, trustProxy }: RoomRouteDeps,
): void {
  app.post('/codes/:code', (context) => {
    // Another site's page in somebody's browser would use up that person's tries; no client of ours is on another site.
    if (context.req.header('sec-fetch-site') === 'cross-site') return problem('code_unknown');
    const address = callerOf(context, trustProxy);
    const wait = guard.mayTry(address);
    if (wait !== undefined) return problem('code_attempts', { retryAfter: wait });
    const code = parseCode(context.req.param('code'));
    if (!code.ok) return problem('code_malformed');
    const found = rooms.roomByCode(code.value);
    if (!found) {
      guard.missed(address);
      return problem('code_unknown');
    }
    guard.found(address);
    const { room, world, cap, visibility } = found;
    return answer({ room, world, cap, visibility } satisfies CodeReply);
  });

  app.get('/rooms/:room', (context) => {
    const id = parseRoomId(context.req.param('room'));
    const read = id.ok ? rooms.mayReadRoom(id.value, capOf(context)) : undefined;
    if (!read) return problem('room_unknown');
    if (!read.ok) return problem(read.code);
    const { room, world, game, visibility, code, title } = read.value;
    return answer({ room, world, game, visibility, code, title } satisfies RoomReply);
  });

  app.get('/authority', () =>
    links.newest ? answer(toReply(links.newest, clock.now())) : problem('authority_away'),
  );

  app.get('/bank', () => (publications.bank ? answer(publications.bank) : problem('authority_away')));
}

function toReply({ name, key, vkey, games }: HelloFrame, now: number): AuthorityReply {
  const list = games.map((game) => ({ ...game, rules: bytesToHex(game.rules) }));
  return { name, key: formatDid(key), vkey, origin: `${name}/`, now, games: list };
}
