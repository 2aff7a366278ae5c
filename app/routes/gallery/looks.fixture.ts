/** What can be found wrong with a page by measuring it: words for each finding, none for a good page. */
import axe from 'axe-core';

const CONTROLS = 'a[href], button:not(:disabled), input:not([tabindex="-1"]), select, summary, [role=option]';

/** The open dialog, else the whole page: nothing behind a dialog can be reached. */
function scopeOf(): Element {
  return document.querySelector('[role=dialog]') ?? document.body;
}

/** How much wider than the window the page, or an open dialog's content, is. */
export function sideways(): string[] {
  const scrolled = document.querySelector('.dialog__body') ?? document.documentElement;
  const over = scrolled.scrollWidth - scrolled.clientWidth;
  return over > 0 ? [`${over} px too wide`] : [];
}

/** How much higher than the window a page is that nobody will scroll. */
export function tooHigh(): string[] {
  const over = document.documentElement.scrollHeight - document.documentElement.clientHeight;
  return over > 0 ? [`${over} px too high`] : [];
}

/** Controls that cannot be hit 21 px away from their middle on each side. */
export function smallTargets(): string[] {
  return [...scopeOf().querySelectorAll(CONTROLS)].flatMap((node) => {
    // What a notice covers for a moment comes back with it gone.
    if (!node.checkVisibility() || node.closest('[inert], [aria-hidden=true]') || isUnderNotice(node))
      return [];
    node.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = node.getBoundingClientRect();
    if (width === 0) return [];
    const hits = (dx: number, dy: number) => {
      const found = document.elementFromPoint(x + width / 2 + dx, y + height / 2 + dy);
      return found !== null && (node.contains(found) || found.contains(node));
    };
    const isHit = hits(0, -21) && hits(0, 21) && hits(-21, 0) && hits(21, 0);
    return isHit ? [] : [`${nameOf(node)} is ${Math.round(width)}×${Math.round(height)}`];
  });
}

/** Words that begin or end outside of the window, where no scrolling brings them in. */
export function wordsOutside(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(scopeOf(), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (text === '' || !parent || parent.closest('.sr, .skip, [aria-hidden=true]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, width } = range.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1))
      found.push(`“${text.slice(0, 30)}” from ${Math.round(left)} to ${Math.round(right)}`);
  }
  return found;
}

/** Controls that lie over each other. */
export function overlaps(): string[] {
  // Options lie in a list that scrolls by itself.
  const boxes = [...scopeOf().querySelectorAll(CONTROLS)]
    .filter((node) => node.checkVisibility() && !node.matches('[role=option]'))
    .map((node) => ({ node, box: seenOf(node), isFixed: isFixed(node) }))
    .filter(({ box }) => box.right - box.left > 1 && box.bottom - box.top > 1);
  return boxes.flatMap((one, i) =>
    boxes.slice(i + 1).flatMap((other) => {
      if (one.node.contains(other.node) || other.node.contains(one.node)) return [];
      // What stays in place while the page scrolls lies over something at any time.
      if (one.isFixed !== other.isFixed) return [];
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      return wide > 3 && high > 3 && !isMeant(one.node, other.node)
        ? [`${nameOf(one.node)} and ${nameOf(other.node)}`]
        : [];
    }),
  );
}

/** The part of it that is not scrolled out of a list or a dialog. */
function seenOf(node: Element): Record<'left' | 'right' | 'top' | 'bottom', number> {
  let { left, right, top, bottom } = node.getBoundingClientRect();
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (!/auto|scroll|hidden/u.test(getComputedStyle(at).overflow)) continue;
    const frame = at.getBoundingClientRect();
    [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
    [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
  }
  return { left, right, top, bottom };
}

/** A button in the corner of a card that is itself a button. */
function isMeant(one: Element, other: Element): boolean {
  return one.closest('li.lift') !== null && one.closest('li.lift') === other.closest('li.lift');
}

function isUnderNotice(node: Element): boolean {
  const box = node.getBoundingClientRect();
  return [...document.querySelectorAll(':is(.over, .big__notices) .notice')].some((notice) => {
    const over = notice.getBoundingClientRect();
    return over.top < box.bottom && over.bottom > box.top;
  });
}

function isFixed(node: Element): boolean {
  for (let at: Element | null = node; at; at = at.parentElement)
    if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return true;
  return false;
}

/** Text smaller than `rem` of the stage's unit: it is not read from across the room. */
export function tooSmallToRead(rem: number): string[] {
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (text === '' || !parent || parent.closest('.sr, .skip, svg, .cords, script, style')) continue;
    const size = Number.parseFloat(getComputedStyle(parent).fontSize) / unit;
    if (size < rem) found.push(`“${text.slice(0, 30)}” is ${size.toFixed(2)} rem`);
  }
  return found;
}

/** What axe finds: names, roles, contrast, order of headings and the like. */
/** `contrast`: only that, where everything else has been looked at in the other theme. */
export async function axeFindings(what: 'all' | 'contrast'): Promise<string[]> {
  const { violations } = await axe.run(document, {
    ...(what === 'contrast' ? { runOnly: ['color-contrast'] } : {}),
    // The frame of the test has a title and a language of its own.
    rules: {
      'document-title': { enabled: false },
      'html-has-lang': { enabled: false },
      region: { enabled: false },
    },
    resultTypes: ['violations'],
  });
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(' and ')}`,
  );
}

function nameOf(node: Element): string {
  return `${node.tagName.toLowerCase()}.${[...node.classList].filter((name) => !name.startsWith('svelte-')).join('.')} “${(node.getAttribute('aria-label') ?? node.textContent ?? '').trim().slice(0, 24)}”`;
}
