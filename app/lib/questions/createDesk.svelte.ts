/** The state of the page that reads questions: what it is doing, what it found, what it wrote. */
import type { FromWorker, PackForm, Report, ToWorker, Written } from './talk.ts';

export interface Desk {
  /** `failed`: the files or the thread that reads them gave out; `again` tries once more. */
  readonly stage: 'empty' | 'reading' | 'done' | 'failed';
  /** 0 to 1. */
  readonly share: number;
  readonly report: Report | undefined;
  read(files: readonly File[], language: string): Promise<void>;
  /** The questions in a form to be saved; undefined when they are gone with their thread. */
  write(format: PackForm): Promise<Written | undefined>;
  again(): void;
  reset(): void;
}

/** A thread that is short of memory often has it at the second try. */
const TRIES = 2;

const spawnReader = (): Worker =>
  new Worker(new URL('./importWorker.ts', import.meta.url), { type: 'module' });

/** Call while a component is being set up; the worker ends with it. */
export function createDesk(spawn = spawnReader): Desk {
  const desk = new WorkerDesk(spawn);
  $effect(() => () => desk.stop());
  return desk;
}

/** Owns the worker that holds the questions. */
class WorkerDesk implements Desk {
  stage = $state<Desk['stage']>('empty');
  share = $state(0);
  report = $state.raw<Report>();
  readonly #spawn: () => Worker;
  #worker: Worker | undefined;
  #waiting: ((written: Written | undefined) => void)[] = [];
  #files: readonly File[] = [];
  #language = '';
  #tries = 0;

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  async read(files: readonly File[], language: string): Promise<void> {
    this.#files = files;
    this.#language = language;
    this.#tries = 0;
    await this.#read();
  }

  readonly again = (): void => {
    this.#tries = 0;
    void this.#read();
  };

  async #read(): Promise<void> {
    this.#tries++;
    this.stage = 'reading';
    this.share = 0;
    this.report = undefined;
    const reading = this.#files.map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    }));
    // A file may have been moved or changed since it was chosen.
    const given = await Promise.all(reading).catch(() => undefined);
    if (given) this.#tell({ ask: 'read', files: given, language: this.#language });
    else this.stage = 'failed';
  }

  write(format: PackForm): Promise<Written | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#tell({ ask: 'write', format });
    });
  }

  readonly reset = (): void => {
    this.stop();
    this.report = undefined;
    this.stage = 'empty';
  };

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #tell(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = this.#spawn();
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    for (const end of ['error', 'messageerror'] as const)
      worker.addEventListener(end, () => worker === this.#worker && this.#ended());
    return worker;
  }

  /** What it had read is gone with it. */
  #ended(): void {
    this.stop();
    for (const give of this.#waiting.splice(0)) give(undefined);
    if (this.#tries < TRIES) void this.#read();
    else this.stage = 'failed';
  }

  #hear(message: FromWorker): void {
    switch (message.say) {
      case 'progress':
        this.share = message.share;
        return;
      case 'report':
        this.report = message.report;
        this.stage = 'done';
        return;
      case 'written':
        this.#waiting.shift()?.(message.written);
    }
  }
}
