/**
 * An item names the two that it was put between. Yjs looks for its place from the left one to the right one: where they do not stand in
 * this order, or not in one list, two readers that hear of them in different order see different rooms.
 */
import * as Y from 'yjs';
import { find } from './find.ts';
import type { NewStructs, Struct } from './structs.ts';

/** Items that are passed in one update on the way from left to right. A writer's neighbours stand side by side but for what came meanwhile. */
const mostSteps = 65_536;

/** True if the neighbours of every new item can be shown to stand in order. Of two that are new themselves one must have been put beside the other. */
export function areInOrder(doc: Y.Doc, news: NewStructs): boolean {
  const isHeld = ({ client, clock }: Y.ID) => clock < Y.getState(doc.store, client);
  const at = (id: Y.ID) =>
    isHeld(id) ? Y.getItem(doc.store, id) : find(news.get(id.client) ?? [], id.clock);
  let steps = 0;

  function isOnTheWay(left: Y.Item, right: Y.Item): boolean {
    for (let item = left.right; item && steps < mostSteps; item = item.right, steps++)
      if (item === right) return true;
    return false;
  }

  function isBetween(struct: Struct): boolean {
    if (!(struct instanceof Y.Item) || !struct.origin || !struct.rightOrigin) return true;
    const { origin, rightOrigin } = struct;
    const [left, right] = [at(origin), at(rightOrigin)];
    // Beside what was collected it is collected too.
    if (!(left instanceof Y.Item) || !(right instanceof Y.Item)) return true;
    if (left === right) return origin.clock < rightOrigin.clock;
    if (isHeld(origin) && isHeld(rightOrigin)) return isOnTheWay(left, right);
    const isFirst = Y.compareIDs(right.id, rightOrigin);
    const isLast = origin.clock === left.id.clock + left.length - 1;
    return (
      (isFirst && Y.compareIDs(right.origin, origin)) ||
      (isLast && Y.compareIDs(left.rightOrigin, rightOrigin))
    );
  }

  return [...news.values()].every((structs) => structs.every(isBetween));
}
