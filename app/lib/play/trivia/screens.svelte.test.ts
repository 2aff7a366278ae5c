import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { announce, announced } from '#lib/ui/announcer.svelte.ts';
import { held, late, locks, revealed, running, screenOf } from '../../../routes/gallery/examples.ts';
import '#lib/ui/tokens.css';
import '#lib/ui/page.css';
import Board from '#lib/ui/Board.svelte';
import Question from './Question.svelte';
import Reveal from './Reveal.svelte';

const nothing = createRawSnippet(() => ({ render: () => '<span></span>' }));
const frame = { shield: nothing, notices: nothing };

describe('[U5] a running question', () => {
  it('locks at one tap', async () => {
    const answer = vi.fn(async () => {});
    const screen = await render(Question, { screen: screenOf(running(9000), { answer }), ...frame });
    await screen.getByRole('button', { name: /Country House/u }).click();
    expect(answer.mock.calls).toEqual([[2]]);
  });

  it.each([
    ['once locked', screenOf(running(9000), { lock: held })],
    [
      'when the ledger has an answer of mine already',
      screenOf({ ...running(9000), round: { ...running(9000).round!, myLock: { at: 1, index: 9 } } }),
    ],
    ['when the time is up', screenOf(running(-1))],
    ['without a seat', screenOf((({ me: _, ...view }) => view)(running(9000)))],
  ])('picks nothing %s', async (_, state) => {
    const answer = vi.fn(async () => {});
    const screen = await render(Question, { screen: { ...state, answer }, ...frame });
    await userEvent.keyboard('3');
    for (const button of screen.container.querySelectorAll<HTMLButtonElement>('.sheet button'))
      button.click();
    expect(answer).not.toHaveBeenCalled();
  });

  it('says that an answer is kept here, and why one did not count', async () => {
    const screen = await render(Question, { screen: screenOf(running(9000), { lock: held }), ...frame });
    await expect
      .element(screen.getByText('It counts if it arrives before the reveal.', { exact: false }))
      .toBeInTheDocument();
    await screen.rerender({ screen: screenOf(running(9000), { lock: late }) });
    await expect
      .poll(() => screen.container.querySelector('[role=alert]')?.textContent)
      .toMatch(/Arrived after the time.*entry 219/u);
  });
});

it('[U36] a question that comes stands on a card of its own: what was on the one before does not jump with its height', async () => {
  const view = running(9000);
  const coming = { ...view, round: { ...view.round!, text: '' } };
  const screen = await render(Question, { screen: screenOf(coming), ...frame });
  const card = () => screen.container.querySelector('.q');
  const before = card();
  await screen.rerender({ screen: screenOf(view) });
  const asked = card();
  expect(asked).not.toBe(before);
  await screen.rerender({ screen: screenOf(running(8000), { lock: held }) });
  expect(card()).toBe(asked);
});

describe('[U60] [U222] an answer that is being stored', () => {
  it('is not said to be locked yet, and nothing else can be picked meanwhile', async () => {
    let stored = () => {};
    const answer = vi.fn(() => new Promise<void>((resolve) => (stored = resolve)));
    const view = running(9000);
    announce('before');
    const screen = await render(Question, { screen: screenOf(view, { answer }), ...frame });
    await expect.poll(() => announced().text).toContain('Which song');
    const tapped = screen.getByRole('button', { name: /Country House/u });
    await tapped.click();
    await expect.element(tapped).toHaveAttribute('aria-busy', 'true');
    await expect.element(tapped).toHaveFocus();
    expect(screen.container.querySelector('.sheet__hint')?.textContent).toContain('Locking in');
    await userEvent.keyboard('1');
    expect(answer).toHaveBeenCalledTimes(1);
    expect(announced().text).not.toContain('Locked in');
    expect(screen.container.querySelector('.locked')).toBeNull();
    await screen.rerender({ screen: screenOf(view, { answer, lock: held }) });
    stored();
    await expect.poll(() => announced().text).toBe('Locked in');
  });

  it('can be picked again when it could not be stored', async () => {
    const answer = vi.fn(async () => {});
    await render(Question, { screen: screenOf(running(9000), { answer }), ...frame });
    await userEvent.keyboard('1');
    await userEvent.keyboard('2');
    expect(answer.mock.calls).toEqual([[0], [1]]);
  });
});

describe('[U61] what became of an answer', () => {
  const earlier = { storedAt: Date.now() - 60_000 };
  const shown = async (name: string, change: object = earlier) => {
    const lock = { ...(locks[name] ?? held), ...change };
    const screen = await render(Question, { screen: screenOf(running(9000), { lock }), ...frame });
    const text = (selector: string) =>
      screen.container.querySelector(selector)?.textContent?.replaceAll(/\s+/gu, ' ').trim() ?? '';
    return { hint: text('.sheet__hint .meta'), notice: text('.over'), screen };
  };

  it.each([
    ['held', 'Locked here · not sent yet', /Signed on this device at/u],
    ['unkept', 'Not kept on this device', /leave it open until it counts/u],
    ['kept', 'Handed in', /The relay keeps it/u],
    ['locked', 'Counted. Wait for the others.', /^$/u],
    ['refused', 'Arrived after the time', /scores nothing\..*entry 219/u],
  ])('%s: “%s”', async (name, words, why) => {
    const { hint, notice } = await shown(name);
    expect(hint).toBe(words);
    expect(notice).toMatch(why);
  });

  it('is told also when the clock of this device is moved back', async () => {
    const { hint } = await shown('held', { storedAt: Date.now() + 3_600_000 });
    expect(hint).toBe('Locked here · not sent yet');
  });

  it('is no news in the first moment: a receipt takes no time on a good path', async () => {
    const { hint, notice } = await shown('held', { storedAt: Date.now() + 500 });
    expect([hint, notice]).toEqual(['Locked in. Wait for the others.', '']);
  });
});

describe('[U6] keys', () => {
  it.each([
    ['1', 0],
    ['4', 3],
    ['b', 1],
  ])('%s picks answer %i', async (key, index) => {
    const answer = vi.fn(async () => {});
    await render(Question, { screen: screenOf(running(9000), { answer }), ...frame });
    await userEvent.keyboard(key);
    expect(answer.mock.calls).toEqual([[index]]);
  });

  it.each(['5', 'x', '{Control>}1{/Control}'])('%s picks nothing', async (keys) => {
    const answer = vi.fn(async () => {});
    await render(Question, { screen: screenOf(running(9000), { answer }), ...frame });
    await userEvent.keyboard(keys);
    expect(answer).not.toHaveBeenCalled();
  });

  it('typing in the chat picks nothing', async () => {
    const answer = vi.fn(async () => {});
    const screen = await render(Question, { screen: screenOf(running(9000), { answer }), ...frame });
    const input = screen.container.querySelector<HTMLInputElement>('.rail input');
    input?.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }));
    expect(answer).not.toHaveBeenCalled();
  });

  it('J, K and F judge the question', async () => {
    const vote = vi.fn();
    const view = revealed(2);
    await render(Reveal, {
      screen: screenOf(view, { vote }),
      round: view.round!,
      result: view.round!.result!,
      shield: nothing,
    });
    await userEvent.keyboard('jkf');
    expect(vote.mock.calls).toEqual([['up'], ['down'], ['flag']]);
  });
});

describe('[U9] a reveal', () => {
  const show = async (choice: number | null) => {
    const view = revealed(choice);
    return render(Reveal, {
      screen: screenOf(view),
      round: view.round!,
      result: view.round!.result!,
      shield: nothing,
    });
  };

  it('of a right answer says the points and the streak', async () => {
    const screen = await show(2);
    await expect.element(screen.getByText('+1,323', { exact: true }).first()).toBeInTheDocument();
    expect(announced().text).toContain('6 right in a row, +50\u00a0%');
    expect(announced().text).toContain('The right answer: “Country House”');
    expect(screen.container.querySelectorAll('.answer.right')).toHaveLength(1);
    expect(screen.container.querySelector('.answer.wrong')).toBeNull();
  });

  it('of a wrong one marks mine and the right one, without confetti', async () => {
    const screen = await show(0);
    await expect.element(screen.getByText('Not this one')).toBeInTheDocument();
    expect(screen.container.querySelector('.answer.wrong')?.textContent).toContain('“Roll With It”');
    expect(screen.container.querySelector('.answer.right')?.textContent).toContain('“Country House”');
    expect(screen.container.querySelector('.confetti')).toBeNull();
  });

  it('without an answer says so', async () => {
    const screen = await show(null);
    await expect.element(screen.getByText('No answer')).toBeInTheDocument();
  });
});

describe('[U145] a streak', () => {
  it.each([
    [3, 'Three in a row'],
    [5, 'Five in a row'],
    [7, 'Seven in a row'],
  ])('of %i is marked, for eye and ear', async (streak, words) => {
    const view = revealed(2);
    const result = view.round!.result!;
    const mine = { ...result.mine!, streak };
    const round = { ...view.round!, result: { ...result, mine } };
    announce('before');
    const screen = await render(Reveal, {
      ...{ screen: screenOf({ ...view, round }), round, result: round.result, ...frame },
    });
    await expect.element(screen.getByText(words, { exact: false })).toBeVisible();
    await expect.poll(() => announced().text).toContain(words);
  });

  it.each([1, 2, 4, 6, 8])('of %i is not', async (streak) => {
    const view = revealed(2);
    const result = view.round!.result!;
    const round = { ...view.round!, result: { ...result, mine: { ...result.mine!, streak } } };
    const screen = await render(Reveal, {
      ...{ screen: screenOf({ ...view, round }), round, result: round.result, ...frame },
    });
    expect(screen.container.querySelector('.badge')).toBeNull();
  });
});

describe('[U147] a rank that changed', () => {
  const rows = [
    { id: 'a', name: 'Climber', avatar: 1, points: 30, rank: 1, rankBefore: 3 },
    { id: 'b', name: 'Second', avatar: 2, points: 20, rank: 2, rankBefore: 1 },
    { id: 'c', name: 'Third', avatar: 3, points: 10, rank: 3, rankBefore: 2 },
    { id: 'd', name: 'Still', avatar: 4, points: 5, rank: 4, rankBefore: 4 },
  ];

  it('is seen to move there from where it stood; who stays does not move', async () => {
    const screen = await render(Board, { rows });
    const items = [...screen.container.querySelectorAll('li')];
    expect(items.map((item) => item.style.getPropertyValue('--from'))).toEqual(['2', '-1', '-1', '0']);
    const moving = items.map((item) => getComputedStyle(item).animationName !== 'none');
    expect(moving).toEqual([true, true, true, false]);
  });

  it('is there at once with less motion', async () => {
    document.documentElement.dataset.motion = 'less';
    const screen = await render(Board, { rows });
    const first = screen.container.querySelector('li')!;
    const { animationDuration, animationDelay } = getComputedStyle(first);
    expect(Number.parseFloat(animationDuration) + Number.parseFloat(animationDelay)).toBeLessThan(0.01);
    delete document.documentElement.dataset.motion;
  });
});
