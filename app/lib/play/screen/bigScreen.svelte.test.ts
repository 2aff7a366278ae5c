import { createLive, type Follower, type FollowerState } from '@fairground/peer';
import { createRawSnippet } from 'svelte';
import '#lib/ui/tokens.css';
import '#lib/ui/components.css';
import '#lib/ui/page.css';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { crowd, stageOf, stages } from '../../../routes/gallery/stages.ts';
import { lobby, running } from '../../../routes/gallery/examples.ts';
import type { TriviaView } from '../trivia/view.ts';
import BigScreen from './BigScreen.svelte';
import FollowedStage from './FollowedStage.svelte';
import type { Stage } from './stage.ts';

const nothing = createRawSnippet(() => ({ render: () => '<span></span>' }));
const show = (stage: Stage) => render(BigScreen, { stage, shield: nothing, notices: nothing });

describe('[U81] a big screen', () => {
  it('shows code, address and QR in the lobby, and everybody by name', async () => {
    const screen = await show(stages['big-lobby']());
    await expect.element(screen.getByLabelText('Code 4 8 2 9 1 7')).toBeInTheDocument();
    await expect.element(screen.getByRole('img', { name: /QR code to join lobby/u })).toBeInTheDocument();
    await expect.element(screen.getByText(/fairground\.example/u)).toBeInTheDocument();
    for (const { name } of lobby.standings)
      await expect.element(screen.getByText(name, { exact: true })).toBeInTheDocument();
  });

  it('of a private room has no code, and its QR holds the whole link', async () => {
    const screen = await show(stages['big-private']());
    await expect.element(screen.getByText('Private')).toBeInTheDocument();
    expect(screen.container.querySelector('.code')).toBeNull();
  });

  it('shows who has locked in, and never what', async () => {
    const view = running(9000);
    const screen = await show(stageOf(view));
    expect(screen.container.querySelector('.count')?.textContent).toMatch(/^5 of 8/u);
    const ticked = [...screen.container.querySelectorAll('.faces li:not(.waits)')];
    expect(ticked.map((face) => face.textContent?.split(',')[0]?.trim())).toEqual(
      view.standings.filter(({ answered }) => answered).map(({ name }) => name),
    );
    // Nothing about any answer differs from the others, whatever was picked.
    const marks = [...screen.container.querySelectorAll('.big__answers .answer')];
    expect(marks.map(({ className }) => className)).toEqual(marks.map(() => marks[0]?.className));
  });

  it('shows the right answer and how many picked which after the question', async () => {
    const screen = await show(stages['big-reveal']());
    const right = screen.container.querySelectorAll('.answer.right');
    expect([...right].map((answer) => answer.textContent)).toEqual([
      expect.stringMatching(/Country House.*5/su),
    ]);
    const picks = [...screen.container.querySelectorAll('.answer__tail .num')].map(
      (node) => node.textContent,
    );
    expect(picks).toEqual(['1', '0', '5', '1']);
    await expect.element(screen.getByText(/Next in \d/u)).toBeInTheDocument();
  });

  it('says of an order which comes where', async () => {
    const screen = await show(stages['big-reveal-order']());
    const rows = [...screen.container.querySelectorAll('.answer')];
    expect(rows.map((row) => row.querySelector('.num')?.textContent)).toEqual(['1', '2', '3', '4']);
    expect(rows[0]?.textContent).toContain('Country House');
  });

  it('shows the podium at the end, in the words of somebody who looks on', async () => {
    const screen = await show(stages['big-over']());
    await expect.element(screen.getByRole('heading', { name: 'Velvet Otter wins.' })).toBeInTheDocument();
    await expect.element(screen.getByRole('region', { name: 'Podium' })).toBeInTheDocument();
  });

  it('follows one state after the other', async () => {
    const screen = await show(stages['big-lobby']());
    await screen.rerender({ stage: stages['big-question']() });
    await expect.element(screen.getByRole('timer')).toBeInTheDocument();
    await screen.rerender({ stage: stages['big-over']() });
    await expect.element(screen.getByRole('region', { name: 'Podium' })).toBeInTheDocument();
  });
});

describe('[U83] a full tent', () => {
  it('shows as many as fit, and says how many more', async () => {
    const screen = await show(stageOf({ ...lobby, standings: crowd(60) } as TriviaView));
    expect(screen.container.querySelectorAll('.flag .avatar')).toHaveLength(39);
    await expect.element(screen.getByText('+21')).toBeInTheDocument();
  });
});

describe('[U211] what is wrong just now', () => {
  const notice = createRawSnippet(() => ({
    render: () =>
      '<div class="notice notice--warn" role="status"><b>Relay out of reach</b> It may be old.</div>',
  }));

  it.each([
    [1920, 1080],
    [1024, 768],
  ])('lies over the head of a question and moves nothing off the screen: %i × %i', async (width, height) => {
    await page.viewport(width, height);
    const stage = stages['big-question']();
    const screen = await render(BigScreen, { stage, shield: nothing, notices: notice });
    const foot = screen.container.querySelector('.big__foot')?.getBoundingClientRect();
    expect(foot && foot.bottom).toBeLessThanOrEqual(innerHeight);
    const [said, head, question] = ['.notice', '.big__head', 'h1'].map(
      (part) => screen.container.querySelector(part)?.getBoundingClientRect() ?? new DOMRect(),
    );
    expect(said?.height).toBeGreaterThan(0);
    expect(said?.top).toBeLessThan(head?.bottom ?? 0);
    expect(said?.bottom).toBeLessThan(question?.top ?? 0);
  });
});

describe('[U209] a match that goes on by rules that this app does not have', () => {
  it('is said on the big screen too, and nobody is accused', async () => {
    const fault = { blame: 'unknown', code: 'rules_unknown', index: 7, message: 'trivia 2' } as const;
    const state: FollowerState = {
      ...{ status: 'fault', size: 7, verified: { level: 'audited', to: 7 }, charges: [], isDoubted: false },
      ...{ view: running(9000), game: 'trivia', clockOffset: 0, fault },
    };
    const follower = { ...createLive(state), file: () => undefined } as unknown as Follower;
    const { facts } = stages['big-lobby']();
    const screen = await render(FollowedStage, { follower, facts, room: undefined });
    await expect
      .element(screen.getByRole('heading', { level: 1 }))
      .toHaveTextContent('These rules are not built in');
    expect(screen.container.textContent).not.toContain('entry 7');
  });
});
