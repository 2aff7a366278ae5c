/** A picture as a file of questions names it: by its hash, or by a file of its own that somebody else reads. */
import { ok, type Result } from '@fairground/ledger';
import type { Image } from '../question.ts';
import { refuse, type RefusalCode } from '../refusal.ts';
import type { Defaults } from './found.ts';

const sha256Hex = /^[0-9a-f]{64}$/u;

/** Empty without a picture. `picture_missing` where nobody reads picture files. */
export function namedPicture(
  name: string,
  alt: string,
  { picture }: Pick<Defaults, 'picture'>,
): Result<{ readonly image?: Image }, RefusalCode> {
  if (name === '') return ok({});
  if (sha256Hex.test(name)) return ok({ image: { hash: name, alt } });
  const hash = picture?.(name) ?? refuse('picture_missing', `(${name})`);
  return hash.ok ? ok({ image: { hash: hash.value, alt } }) : hash;
}
