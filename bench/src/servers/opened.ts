/** A server that crowds are sent to, in a process of its own. */
export interface Opened {
  readonly port: number;
  /** Its documents, as its clients name them. */
  readonly rooms: readonly string[];
}

export const kinds = ['ours', 'bare', 'y-websocket-server', 'hocuspocus'] as const;
export type Kind = (typeof kinds)[number];

export const roomNames = (count: number) => Array.from({ length: count }, (_, i) => `room-${i}`);
