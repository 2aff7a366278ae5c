/** What a page's main thread did, from a trace: processor time, which a busy machine does not lengthen. */
import type { Browser, Page } from 'playwright';

export interface MainThread {
  /** Processor time of each task, ms, and when it began: ms since the first. */
  readonly tasks: readonly { readonly at: number; readonly cpuMs: number }[];
  /** Of all of them. */
  readonly cpuMs: number;
  readonly lastsMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** \u00b5s. */
  readonly ts: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Follows the page from now on; the result ends that and says what there was. */
export async function traceMainThread(browser: Browser, page: Page): Promise<() => Promise<MainThread>> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  return async () => {
    const trace = await browser.stopTracing();
    return mainThreadOf((JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] }).traceEvents);
  };
}

const TASK = 'ThreadControllerImpl::RunTask';

/** Of the renderer that did most: the page's own. */
function mainThreadOf(events: readonly TraceEvent[]): MainThread {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const threads = new Map<string, TraceEvent[]>();
  for (const event of events) {
    const thread = `${event.pid}/${event.tid}`;
    if (event.ph !== 'X' || event.name !== TASK || !mains.has(thread)) continue;
    const tasks = threads.get(thread);
    if (tasks) tasks.push(event);
    else threads.set(thread, [event]);
  }
  const cpuOf = (of: readonly TraceEvent[]) => of.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
  const [page = []] = [...threads.values()].sort((a, b) => cpuOf(b) - cpuOf(a));
  const began = page[0]?.ts ?? 0;
  const ended = page.at(-1)?.ts ?? 0;
  const tasks = page.map(({ ts, tdur = 0 }) => ({ at: (ts - began) / 1000, cpuMs: tdur / 1000 }));
  return { tasks, cpuMs: cpuOf(page), lastsMs: (ended - began) / 1000 };
}
