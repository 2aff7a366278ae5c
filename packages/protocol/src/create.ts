/** A signed request for a new world; the nonce serves once. */
import { type Bytes, type Cbor, type Result, type Signer, decodeCbor, encodeCbor, err, ok, parsePublicKey, signedBytes, verifyEd25519 } from '@fairground/ledger';
import { z } from 'zod';
import { zVisibility } from './http.ts';
import { ROOM_BYTES } from './ids.ts';
import { zBytes, zCbor, zUint, type Signed } from './schema.ts';

/** `room` null opens a new room; else the world becomes the current one of a room whose host is asking. */
export const CreateRequest = z.strictObject({
  v: z.literal(1),
  authority: zBytes(32),
  host: zBytes(32),
  game: z.string().min(1).max(64),
  config: zCbor,
  visibility: zVisibility,
  room: zBytes(ROOM_BYTES).nullable(),
  nonce: zBytes(16),
  at: zUint,
});
export type CreateRequest = z.infer<typeof CreateRequest>;

/** Throws for a request that does not fit its schema. */
export async function signCreate(signer: Signer, request: Omit<CreateRequest, 'v' | 'host'>): Promise<Signed> {
  const bytes = encodeCbor(CreateRequest.parse({ ...request, v: 1, host: signer.key }) as Cbor);
  return { bytes, sig: await signer.sign(signedBytes('create', bytes)) };
}

export function parseCreate(bytes: Bytes): Result<CreateRequest, 'create_malformed'> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return err('create_malformed', decoded.code);
  const request = CreateRequest.safeParse(decoded.value);
  return request.success ? ok(request.data) : err('create_malformed', z.prettifyError(request.error));
}

/** Form, the host's key, and its signature. */
export async function openCreate({ bytes, sig }: Signed): Promise<Result<CreateRequest, 'create_malformed' | 'key_refused' | 'signature_invalid'>> {
  const request = parseCreate(bytes);
  if (!request.ok) return request;
  const key = parsePublicKey(request.value.host);
  if (!key.ok) return err('key_refused', key.code);
  const good = await verifyEd25519(key.value, signedBytes('create', bytes), sig);
  return good ? request : err('signature_invalid');
}
