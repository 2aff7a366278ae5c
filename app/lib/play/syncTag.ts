/** Under which a page asks the browser to have its worker send what is stored. */
export const SYNC_TAG = 'outbox';
