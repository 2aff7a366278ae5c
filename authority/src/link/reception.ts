/** Takes links: says who we are, asks the relay what it knows, and only then tells it what we have. */
import type { HelloFrame, LinkPort } from '@fairground/protocol';
import type { PlayableTopic } from '../supply/questionDesk.ts';
import type { Asking } from '../worlds/asking.ts';
import type { Recoverer } from '../worlds/recoverer.ts';
import { type GreetDeps, greet } from './greet.ts';
import type { Outlet } from './outlet.ts';
import type { StatsTeller } from './statsTeller.ts';

export interface ReceptionDeps extends Omit<GreetDeps, 'send'> {
  readonly hello: HelloFrame;
  readonly outlet: Outlet;
  readonly asking: Asking;
  readonly recoverer: Pick<Recoverer, 'attempt'>;
  readonly teller: Pick<StatsTeller, 'tell'>;
  topics(): Promise<readonly PlayableTopic[]>;
  /** What comes over the link. */
  receive(port: LinkPort, frame: Uint8Array): void;
}

export interface Reception {
  attach(port: LinkPort): void;
  showTopics(): Promise<void>;
  /** No link is taken any more. Resolves when nobody is being told anything. */
  close(): Promise<void>;
}

export function createReception(deps: ReceptionDeps): Reception {
  const { outlet, asking, recoverer, teller, log } = deps;
  let isClosed = false;
  let greeted = Promise.resolve();
  let links = 0;

  async function showTopics(): Promise<void> {
    if (isClosed) return;
    const topics = await deps.topics();
    outlet.send({ t: 'bank', topics: topics.map((one) => ({ ...one })) });
  }

  async function welcome(link: number): Promise<void> {
    await asking.relay();
    // Another one has opened meanwhile, and was asked.
    if (link !== links) return;
    const told = greet({ ...deps, send: outlet.send });
    // The relay knows the worlds by now, and can hand on what is asked about them.
    asking.everybody();
    await told;
    await showTopics();
    void recoverer.attempt();
    teller.tell();
  }

  return {
    attach(port) {
      if (isClosed) return port.close();
      const link = ++links;
      outlet.attach(port);
      outlet.send(deps.hello);
      port.onFrame((frame) => deps.receive(port, frame));
      greeted = welcome(link).catch((fault: unknown) =>
        log.warn({ fault }, 'what can be played could not be told'),
      );
    },
    showTopics,
    async close() {
      isClosed = true;
      asking.stop();
      await greeted;
    },
  };
}
