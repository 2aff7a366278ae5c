/** The state of the page that reads questions: what it is doing, what it found, what it wrote. */
import type { ExportFormat } from '@fairground/questions';
import type { FromWorker, Report, ToWorker, Written } from './talk.ts';

export interface Desk {
  readonly stage: 'empty' | 'reading' | 'done';
  /** 0 to 1. */
  readonly share: number;
  readonly report: Report | undefined;
  read(files: readonly File[], language: string): Promise<void>;
  /** The questions in a form to be saved. */
  write(format: ExportFormat): Promise<Written>;
  reset(): void;
}

/** Call while a component is being set up; the worker ends with it. */
export function createDesk(): Desk {
  const desk = new WorkerDesk();
  $effect(() => () => desk.stop());
  return desk;
}

/** Owns the worker that holds the questions. */
class WorkerDesk implements Desk {
  stage = $state<Desk['stage']>('empty');
  share = $state(0);
  report = $state.raw<Report>();
  #worker: Worker | undefined;
  #waiting: ((written: Written) => void)[] = [];

  async read(files: readonly File[], language: string): Promise<void> {
    this.stage = 'reading';
    this.share = 0;
    const given = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    this.#tell({ ask: 'read', files: given, language });
  }

  write(format: ExportFormat): Promise<Written> {
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
    this.#worker ??= this.#spawn();
    this.#worker.postMessage(message);
  }

  #spawn(): Worker {
    const worker = new Worker(new URL('./importWorker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    return worker;
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
