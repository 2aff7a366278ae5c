import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { createDesk, type Desk } from './createDesk.svelte.ts';
import QuestionDesk from './QuestionDesk.svelte';
import type { FromWorker, ToWorker } from './talk.ts';

const REPORT = {
  ...{ questions: 3, merged: 0, topics: [], refused: [] },
  ...{ pictured: 0, shown: [], unnamed: 0 },
};
const FAILED = 'The files could not be read to the end';

/** A thread as a test wants it: it dies, or it answers. */
class Thread extends EventTarget implements Pick<Worker, 'postMessage' | 'terminate'> {
  readonly heard: ToWorker[] = [];
  isEnded = false;
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  die(): void {
    this.dispatchEvent(new Event('error'));
  }
}

let stop = () => {};
afterEach(() => stop());

function openDesk(): { readonly desk: Desk; readonly threads: Thread[] } {
  const threads: Thread[] = [];
  let desk: Desk | undefined;
  stop = $effect.root(() => {
    desk = createDesk(() => {
      threads.push(new Thread());
      return threads.at(-1) as unknown as Worker;
    });
  });
  return { desk: desk as Desk, threads };
}

async function give(): Promise<ReturnType<typeof openDesk> & { readonly text: () => string | null }> {
  const opened = openDesk();
  const screen = await render(QuestionDesk, { desk: opened.desk });
  const input = screen.getByLabelText('Drop files of questions', { exact: true }).last();
  await userEvent.upload(input, [new File(['words'], 'rivers.gift')]);
  await expect.poll(() => opened.threads[0]?.heard.length).toBe(1);
  return { ...opened, text: () => screen.container.textContent };
}

describe('[U204] a thread that reads files and dies', () => {
  it('is begun anew once, with the same files', async () => {
    const { threads, text } = await give();
    threads[0]?.die();
    await expect.poll(() => threads[1]?.heard).toEqual(threads[0]?.heard);
    expect(threads[0]?.isEnded).toBe(true);
    expect(text()).not.toContain(FAILED);
    threads[1]?.say({ say: 'report', report: REPORT });
    await expect.poll(text).toContain('Questions read: 3');
  });

  it('is said in words when it dies again, and a button reads them again', async () => {
    const { threads, text } = await give();
    threads[0]?.die();
    await expect.poll(() => threads[1]?.heard.length).toBe(1);
    threads[1]?.die();
    await expect.poll(text).toContain(FAILED);
    expect(threads).toHaveLength(2);
    await userEvent.click(
      [...document.querySelectorAll('button')].find((b) => b.textContent === 'Read them again') as Element,
    );
    await expect.poll(() => threads[2]?.heard.length).toBe(1);
    threads[2]?.say({ say: 'report', report: REPORT });
    await expect.poll(text).toContain('Questions read: 3');
  });

  it('leaves nobody waiting for a file to save, and has read them anew for the next try', async () => {
    const { desk, threads } = await give();
    threads[0]?.say({ say: 'report', report: REPORT });
    const written = desk.write('csv');
    await expect.poll(() => threads[0]?.heard.length).toBe(2);
    threads[0]?.die();
    expect(await written).toBeUndefined();
    await expect.poll(() => threads[1]?.heard.length).toBe(1);
  });

  it('is not waited for where a file cannot be read at all', async () => {
    const { desk, threads } = openDesk();
    const gone = { name: 'gone.csv', arrayBuffer: () => Promise.reject(new Error('moved')) };
    await desk.read([gone as unknown as File], 'en');
    expect(desk.stage).toBe('failed');
    expect(threads).toEqual([]);
  });
});
