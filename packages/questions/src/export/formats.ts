/** The forms in which questions go out. */

export const EXPORT_FORMATS = ['jsonl', 'csv', 'gift', 'aiken', 'opentdb', 'opentriviaqa'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
