/** The protocol room: what crosses a wire between rooms. Knows no game: an intent's body is opaque here. */
export * from './chat.ts';
export * from './documents.ts';
export * from './http.ts';
export * from './ids.ts';
export * from './limits.ts';
export * from './link.ts';
export * from './memoryLink.ts';
export * from './picture.ts';
export * from './pictureType.ts';
export * from './problems.ts';
export * from './reaction.ts';
export * from './room.ts';
export * from './schema.ts';
export * from './session.ts';
export * from './socketLink.ts';
export * from './tail.ts';
export * from './version.ts';
