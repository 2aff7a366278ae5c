/** A draw as canonical data and back. */
import type { Bytes } from '@fairground/ledger';
import { z } from 'zod';
import { bytes32, uint } from '../schema.ts';
import type { Contender, Draw } from './draw.ts';

const contender = z.strictObject({ who: bytes32, commit: bytes32, secret: bytes32.nullable() });

export const DrawData = z.strictObject({
  authority: contender,
  by: uint,
  contenders: z.array(contender),
  locked: z.boolean(),
  missed: z.array(bytes32),
  round: uint,
  seed: bytes32.nullable(),
});
export type DrawData = z.infer<typeof DrawData>;

export function drawToData({ authority, by, contenders, locked, missed, round, seed }: Draw): DrawData {
  return {
    authority: contenderToData(authority),
    by,
    contenders: contenders.map(contenderToData),
    locked,
    missed: [...missed],
    round,
    seed: seed ?? null,
  };
}

export function dataToDraw({ authority, contenders, seed, ...rest }: DrawData, world: Bytes): Draw {
  return {
    ...rest,
    world,
    authority: dataToContender(authority),
    contenders: contenders.map(dataToContender),
    ...(seed ? { seed } : {}),
  };
}

function contenderToData({ who, commit, secret }: Contender) {
  return { who, commit, secret: secret ?? null };
}

function dataToContender({ who, commit, secret }: DrawData['authority']): Contender {
  return secret ? { who, commit, secret } : { who, commit };
}
