/** A witness that cosigns this authority's checkpoints: over HTTP as C2SP tlog-witness says, or in this process. */
import { type PolicyWitness, type WitnessHttp, ownWitness, utf8ToBytes } from '@fairground/ledger';

export interface WitnessPort extends PolicyWitness {
  /** The body of `add-checkpoint`. Rejects if nobody answers. */
  addCheckpoint(body: string): Promise<WitnessHttp>;
}

const patienceMs = 10_000;

/** `url` is the prefix of `add-checkpoint`. */
export function httpWitness({ name, vkey, url = '' }: PolicyWitness, fetcher: typeof fetch): WitnessPort {
  return {
    ...{ name, vkey, url },
    async addCheckpoint(body) {
      const response = await fetcher(`${url.replace(/\/$/, '')}/add-checkpoint`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      const contentType = response.headers.get('content-type') ?? '';
      return { status: response.status, contentType, body: await response.text() };
    },
  };
}

/** A witness in this process: it finds an operator's own mistakes, and its name says that it counts for nobody else. */
export function localWitness(cosigner: {
  readonly vkey: PolicyWitness['vkey'];
  addCheckpoint(body: Uint8Array): Promise<WitnessHttp>;
}): WitnessPort {
  return {
    ...ownWitness(cosigner.vkey),
    addCheckpoint: (body) => cosigner.addCheckpoint(utf8ToBytes(body)),
  };
}
