/** Everything of ours that reads bytes of strangers. */
import type { Target } from '../target.ts';
import { cborTargets } from './cborTargets.ts';
import { fileTargets } from './fileTargets.ts';
import { questionTargets } from './questionTargets.ts';
import { textTargets } from './textTargets.ts';
import { wireTargets } from './wireTargets.ts';

export const targets: readonly Target[] = [
  ...cborTargets,
  ...textTargets,
  ...fileTargets,
  ...wireTargets,
  ...questionTargets,
];
