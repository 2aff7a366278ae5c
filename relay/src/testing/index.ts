/** What the relay reads of strangers, for those who try to break it. */
export { type DocFrame, awarenessFrame, readFrame, step1Frame, updateFrame } from '../docs/frames.ts';
export { checkUpdate } from '../docs/updateCheck.ts';
export { createSessions } from '../edge/sessions.ts';
export { readRepoMessage } from '../repo/messageShape.ts';
export { parseLogPath } from '../tiles/logPath.ts';
