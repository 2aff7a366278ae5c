/** The replay page's state: what is being checked, how far it is, what came of it, and the moment that is shown. */
import type { VerifyReport } from '@fairground/ledger';
import type { FromWorker, Moment, Origin, ToWorker } from './talk.ts';

export type ReplayStage = 'empty' | 'checking' | 'done' | 'unreadable';

export interface Replay {
  readonly stage: ReplayStage;
  readonly progress: { readonly phase: 'reading' | 'entries' | 'signatures'; readonly share: number };
  readonly report: VerifyReport | undefined;
  readonly code: string | undefined;
  readonly openedAt: number;
  readonly marks: readonly number[];
  readonly moment: Moment | undefined;
  /** The file that was checked, to be handed on. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;
  checkFile(file: File): Promise<void>;
  checkLog(base: string, query: string, anchors: readonly string[]): void;
  checkUrl(url: string): Promise<void>;
  seek(index: number): void;
  reset(): void;
}

/** Call while a component is being set up; the worker ends with it. */
// oxlint-disable-next-line eslint/max-lines-per-function -- one owner of one page's state; its parts are the small functions inside
export function createReplay(): Replay {
  let stage = $state<ReplayStage>('empty');
  let progress = $state<Replay['progress']>({ phase: 'reading', share: 0 });
  let report = $state.raw<VerifyReport>();
  let code = $state<string>();
  let openedAt = $state(0);
  let marks = $state.raw<readonly number[]>([]);
  let moment = $state.raw<Moment>();
  let file = $state.raw<Replay['file']>();
  let worker: Worker | undefined;
  let busy = false;

  function start(origin: Origin, anchors: readonly string[]) {
    // One that is still busy would answer in between.
    if (busy) stop();
    clear();
    busy = true;
    stage = 'checking';
    progress = { phase: 'reading', share: 0 };
    worker ??= spawn();
    tell({ ask: 'check', origin, anchors });
  }

  function spawn() {
    const made = new Worker(new URL('./replayWorker.ts', import.meta.url), { type: 'module' });
    made.addEventListener('message', hear);
    made.addEventListener('error', () => fail('internal'));
    return made;
  }

  function tell(message: ToWorker) {
    worker?.postMessage(message);
  }

  function hear({ data }: MessageEvent<FromWorker>) {
    switch (data.say) {
      case 'progress':
        progress = { phase: data.phase, share: data.total === 0 ? 0 : data.done / data.total };
        break;
      case 'report':
        busy = false;
        report = data.report;
        openedAt = data.openedAt;
        marks = data.marks;
        stage = 'done';
        if (report.valid) seek(report.size - 1);
        break;
      case 'unreadable':
        fail(data.code);
        break;
      case 'moment':
        moment = data.moment;
        break;
    }
  }

  function fail(why: string) {
    busy = false;
    code = why;
    stage = 'unreadable';
  }

  function seek(index: number) {
    tell({ ask: 'at', index });
  }

  function clear() {
    report = undefined;
    moment = undefined;
    code = undefined;
    marks = [];
  }

  function stop() {
    worker?.terminate();
    worker = undefined;
  }

  async function checkFile(given: File) {
    stage = 'checking';
    const bytes = new Uint8Array(await given.arrayBuffer());
    file = { name: given.name, bytes };
    start({ kind: 'file', bytes }, []);
  }

  async function checkUrl(url: string) {
    stage = 'checking';
    const response = await fetch(url).catch(() => undefined);
    if (!response?.ok) return fail('unreachable');
    const bytes = new Uint8Array(await response.arrayBuffer());
    file = { name: url.split('/').at(-1) ?? 'replay.fair', bytes };
    start({ kind: 'file', bytes }, []);
  }

  // Ready before it is needed: the network may be gone by the time a file is chosen.
  $effect(() => {
    worker ??= spawn();
    return stop;
  });

  return {
    get stage() {
      return stage;
    },
    get progress() {
      return progress;
    },
    get report() {
      return report;
    },
    get code() {
      return code;
    },
    get openedAt() {
      return openedAt;
    },
    get marks() {
      return marks;
    },
    get moment() {
      return moment;
    },
    get file() {
      return file;
    },
    checkFile,
    checkUrl,
    checkLog: (base, query, anchors) => start({ kind: 'log', base, query }, anchors),
    seek,
    reset() {
      clear();
      file = undefined;
      stage = 'empty';
    },
  };
}
