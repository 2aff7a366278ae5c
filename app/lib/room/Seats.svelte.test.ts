import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Standing } from '#lib/play/trivia/view.ts';
import Cords from '#lib/play/screen/Cords.svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/components.css';
import '#lib/ui/page.css';
import Seats from './Seats.svelte';

const seats = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ id: `seat ${i}`, name: `Player ${i}`, avatar: i, present: true, ready: false },
  })) as unknown as readonly Standing[];

describe('[U223] somebody sits down', () => {
  it('and nothing below moves, however many they are', async () => {
    const of = (count: number) => ({ seats: seats(count), me: undefined, host: '', most: 50 });
    const screen = await render(Seats, of(0));
    const height = () => screen.container.firstElementChild?.getBoundingClientRect().height;
    const empty = height();
    for (const count of [1, 2, 7, 23]) {
      await screen.rerender(of(count));
      expect(screen.container.querySelectorAll('.seat b')).toHaveLength(count);
      expect(height()).toBe(empty);
    }
  });

  it('and the places that stay free stay where they are', async () => {
    const of = (count: number) => ({ seats: seats(count), me: undefined, host: '', most: 8 });
    const screen = await render(Seats, of(2));
    const places = [...screen.container.querySelectorAll('.free')];
    const place = (of: Element) => of.getBoundingClientRect().toJSON() as unknown;
    const before = places.map(place);
    await screen.rerender(of(3));
    expect(places.map((free) => free.isConnected)).toEqual([false, true, true, true, true, true]);
    expect(places.slice(1).map(place)).toEqual(before.slice(1));
  });

  it('on the big screen, and the cord is hung anew when it grows longer', async () => {
    const screen = await render(Cords, { seats: seats(10) });
    const before = screen.container.querySelector('.flag');
    await screen.rerender({ seats: seats(9) });
    expect(screen.container.querySelector('.flag')).toBe(before);
    await screen.rerender({ seats: seats(11) });
    expect(screen.container.querySelector('.flag')).not.toBe(before);
  });
});
