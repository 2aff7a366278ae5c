/** What witnesses do not cosign, as sentences for the operator: a refusal is a mistake of this authority's until it is shown otherwise. */
import type { WitnessReply } from '@fairground/ledger';

export interface Troubles {
  readonly reasons: readonly string[];
  cosigned(witness: string, world: string): void;
  refused(witness: string, world: string, why: string): void;
  away(witness: string): void;
}

/** It has answered, and will not sign this. */
export class Refused extends Error {
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.name = 'Refused';
    this.why = why;
  }
}

/** `size`: of what it was asked to cosign. */
export function whyRefused(reply: Exclude<WitnessReply, { status: 200 }>, size: number): string {
  switch (reply.status) {
    case 409:
      return reply.size > size
        ? `it has cosigned ${reply.size} entries and this log has ${size}: old data is in use, or the log was forked (409)`
        : 'it has cosigned another history of this size: the log was forked (409)';
    case 422:
      return 'what it has cosigned is not the beginning of this log: the log was forked (422)';
    case 404:
      return 'it does not know this authority (404)';
    case 403:
      return 'it knows another key of this authority (403)';
    case 400:
      return 'it does not understand what it is asked (400)';
  }
}

/** Of each witness the newest refusals are told. */
const mostReasons = 20;

/** Where no quorum is needed a witness that is away holds up nothing, and nobody need be told. */
export function createTroubles(quorum: number, changed: () => void): Troubles {
  const refusals = new Map<string, string>();
  const absent = new Set<string>();
  const noting = (act: () => boolean) => {
    if (act()) changed();
  };

  return {
    get reasons() {
      const missing = [...absent].map(
        (name) => `the witness ${name} does not answer: without its cosignature no match is called valid`,
      );
      return [...[...refusals.values()].slice(-mostReasons), ...(quorum > 0 ? missing : [])];
    },
    cosigned: (witness, world) =>
      noting(() => {
        const wasAway = absent.delete(witness);
        return refusals.delete(`${witness} ${world}`) || wasAway;
      }),
    refused: (witness, world, why) =>
      noting(() => {
        const key = `${witness} ${world}`;
        const sentence = `the witness ${witness} refuses the log of ${world.slice(0, 8)}…: ${why}`;
        const wasAway = absent.delete(witness);
        const isNew = refusals.get(key) !== sentence;
        refusals.set(key, sentence);
        return isNew || wasAway;
      }),
    away: (witness) =>
      noting(() => {
        const isNew = !absent.has(witness);
        absent.add(witness);
        return isNew;
      }),
  };
}
