import { limits } from '@fairground/protocol';
import { expect, it } from 'vitest';
import { handClock } from '../testing/party.ts';
import { createRates } from './rates.ts';
import { cpuMs } from '../testing/cpuMs.ts';

it('[X46] a crowd of subjects neither slows the counting nor has who is being counted forgotten', () => {
  const rates = createRates(handClock());
  const isLimited = () => rates.take(limits.codeLookups, 'mallory') !== undefined;
  for (let i = 0; i < limits.codeLookups.max; i++) isLimited();
  const ms = cpuMs(() => {
    for (let i = 0; i < 200_000; i++) {
      rates.take(limits.intents, `key ${i}`);
      if (i % 1000 === 0) expect(isLimited()).toBe(true);
    }
  });
  // Looking through all of them each time takes minutes.
  expect(ms).toBeLessThan(5000);
});
