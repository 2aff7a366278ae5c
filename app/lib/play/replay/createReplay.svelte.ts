/** The replay page's state: what is being checked, how far it is, what came of it, and the moment that is shown. */
import type { VerifyReport } from '@fairground/ledger';
import { saveFile } from '../abilities.ts';
import type { PictureSource } from '../pictureSource.ts';
import type { FromWorker, Moment, Origin, Scored, ToWorker } from './talk.ts';

export type ReplayStage = 'empty' | 'checking' | 'done' | 'unreadable';

export interface Replay {
  readonly stage: ReplayStage;
  readonly progress: { readonly phase: 'reading' | 'entries' | 'signatures'; readonly share: number };
  readonly report: VerifyReport | undefined;
  readonly code: string | undefined;
  readonly openedAt: number;
  readonly marks: readonly number[];
  /** When each entry was written, ms since 1970. */
  readonly times: readonly number[];
  readonly moment: Moment | undefined;
  /** Where the points come from that were asked for last. */
  readonly scores: { readonly who: string; readonly list: readonly Scored[] } | undefined;
  /** The file that was checked, to be handed on. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined;
  checkFile(file: File): Promise<void>;
  checkLog(base: string, query: string, anchors: readonly string[]): void;
  checkUrl(url: string): Promise<void>;
  seek(index: number): void;
  /** Asks where a seat's points at this moment come from. */
  explain(who: string): void;
  /** A picture that is shown at some moment: from the file, or whence the log came. */
  readonly picture: PictureSource;
  /** Saves the proof that an entry is in the log. */
  saveProof(index: number): void;
  reset(): void;
}

const spawnChecker = (): Worker =>
  new Worker(new URL('./replayWorker.ts', import.meta.url), { type: 'module' });

/** Call while a component is being set up; the worker ends with it. */
export function createReplay(spawn = spawnChecker): Replay {
  const replay = new WorkerReplay(spawn);
  // Ready before it is needed: the network may be gone by the time a file is chosen.
  $effect(() => {
    replay.prepare();
    return () => replay.stop();
  });
  return replay;
}

/** Owns the worker that checks and runs the match again. */
class WorkerReplay implements Replay {
  stage = $state<ReplayStage>('empty');
  progress = $state<Replay['progress']>({ phase: 'reading', share: 0 });
  report = $state.raw<VerifyReport>();
  code = $state<string>();
  openedAt = $state(0);
  marks = $state.raw<readonly number[]>([]);
  times = $state.raw<readonly number[]>([]);
  scores = $state.raw<Replay['scores']>();
  moment = $state.raw<Moment>();
  file = $state.raw<Replay['file']>();
  readonly #spawn: () => Worker;
  #worker: Worker | undefined;
  #busy = false;
  readonly #looking = new Map<string, ((file: Awaited<ReturnType<PictureSource>>) => void)[]>();

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  prepare(): void {
    this.#worker ??= this.#start();
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const hash of [...this.#looking.keys()]) this.#found({ say: 'picture', hash, bytes: undefined });
  }

  readonly seek = (index: number): void => this.#tell({ ask: 'at', index });

  readonly explain = (who: string): void => {
    this.scores = undefined;
    this.#tell({ ask: 'scores', who, index: this.moment?.index ?? 0 });
  };

  readonly picture: PictureSource = (hash) =>
    new Promise((resolve) => {
      this.#looking.set(hash, [...(this.#looking.get(hash) ?? []), resolve]);
      this.#tell({ ask: 'picture', hash });
    });

  readonly saveProof = (index: number): void => this.#tell({ ask: 'proof', index });

  readonly reset = (): void => {
    this.#clear();
    this.file = undefined;
    this.stage = 'empty';
  };

  checkLog(base: string, query: string, anchors: readonly string[]): void {
    this.#check({ kind: 'log', base, query }, anchors);
  }

  async checkFile(given: File): Promise<void> {
    this.stage = 'checking';
    const bytes = await given.arrayBuffer().catch(() => undefined);
    if (bytes) this.#checkBytes(given.name, new Uint8Array(bytes));
    else this.#fail('unreachable');
  }

  async checkUrl(url: string): Promise<void> {
    this.stage = 'checking';
    const bytes = await fetch(url)
      .then((response) => (response.ok ? response.arrayBuffer() : undefined))
      .catch(() => undefined);
    if (bytes) this.#checkBytes(url.split('/').at(-1) ?? 'replay.fair', new Uint8Array(bytes));
    else this.#fail('unreachable');
  }

  #checkBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    this.file = { name, bytes };
    this.#check({ kind: 'file', bytes }, []);
  }

  #check(origin: Origin, anchors: readonly string[]): void {
    // One that is still busy would answer in between.
    if (this.#busy) this.stop();
    this.#clear();
    this.#busy = true;
    this.stage = 'checking';
    this.progress = { phase: 'reading', share: 0 };
    this.prepare();
    this.#tell({ ask: 'check', origin, anchors });
  }

  #start(): Worker {
    const made = this.#spawn();
    made.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    for (const end of ['error', 'messageerror'] as const)
      made.addEventListener(end, () => made === this.#worker && this.#ended());
    return made;
  }

  /** It may not even have been loaded, and would answer nothing any more. What it has said stands. */
  #ended(): void {
    this.stop();
    if (this.#busy) this.#fail('internal');
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #hear(data: FromWorker): void {
    switch (data.say) {
      case 'progress':
        this.progress = { phase: data.phase, share: data.total === 0 ? 0 : data.done / data.total };
        break;
      case 'report':
        this.#show(data);
        break;
      case 'unreadable':
        this.#fail(data.code);
        break;
      case 'moment':
        this.moment = data.moment;
        break;
      case 'picture':
        this.#found(data);
        break;
      case 'scores':
        this.scores = { who: data.who, list: data.scores };
        break;
      case 'proof':
        saveFile(`entry-${data.index}.tlog-proof`, data.text, 'text/plain');
        break;
    }
  }

  #show({ report, openedAt, marks, times }: Extract<FromWorker, { say: 'report' }>): void {
    this.#busy = false;
    this.report = report;
    this.openedAt = openedAt;
    this.marks = marks;
    this.times = times;
    this.stage = 'done';
    if (report.valid) this.seek(report.size - 1);
  }

  #found({ hash, bytes }: Extract<FromWorker, { say: 'picture' }>): void {
    const file = bytes ? { ok: true as const, value: bytes } : { ok: false as const, code: 'log_not_found' };
    for (const resolve of this.#looking.get(hash) ?? []) resolve(file);
    this.#looking.delete(hash);
  }

  #fail(why: string): void {
    this.#busy = false;
    this.code = why;
    this.stage = 'unreadable';
  }

  #clear(): void {
    this.report = undefined;
    this.moment = undefined;
    this.code = undefined;
    this.marks = [];
    this.times = [];
    this.scores = undefined;
  }
}
