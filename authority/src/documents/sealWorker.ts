/** The thread that builds segments: Automerge takes its time, and nobody's receipt shall wait for it. */
import { type Segment, sealSegment } from '@fairground/ledger';
import { answerCalls } from '../worker/answer.ts';

answerCalls({ seal: (n: number, segment: Segment) => sealSegment(n, segment) });
