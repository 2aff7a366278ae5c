/** Cuts JSON text into its questions without parsing the whole: each with its line, so that one bad one spoils itself. */

export interface JsonSlice {
  readonly line: number;
  /** End of the slice, in UTF-16 units from the start of the text. */
  readonly end: number;
  readonly json: string;
}

/** The answer of an API, an object with its questions in `results`, up to the bracket. */
const RESULTS = /^\s*\{[^[\]]{0,1000}?"results"\s*:\s*(?=\[)/u;

/** An array is cut by its brackets, one object over several lines is whole, anything else is cut by lines (JSONL). */
export function jsonSlices(text: string): Iterable<JsonSlice> {
  const from = /^\s*\[/u.test(text) ? 0 : RESULTS.exec(text)?.[0].length;
  if (from !== undefined) return elementsOf(text, from);
  return isJson(text) ? [{ line: 1, end: text.length, json: text }] : linesOf(text);
}

function* linesOf(text: string): Generator<JsonSlice> {
  let line = 1;
  for (const { 0: json, index } of text.matchAll(/[^\r\n]*(?:\r\n|[\r\n]|$)/gu)) {
    if (json.trim() !== '') yield { line, end: index + json.length, json };
    line++;
  }
}

/** Elements of the array at `from`, found by counting brackets outside strings. What is left open at the end is one slice. */
function* elementsOf(text: string, from: number): Generator<JsonSlice> {
  let line = text.slice(0, from).split(/\r\n|[\r\n]/u).length;
  let depth = 0;
  let start = -1;
  let startLine = 1;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    const ends = depth === 1 && (char === ',' || char === ']');
    if (ends && start >= 0) yield { line: startLine, end: at, json: text.slice(start, at) };
    if (ends) start = -1;
    else if (depth === 1 && start < 0 && char.trim() !== '') [start, startLine] = [at, line];
    if (char === '"') at = endOfString(text, at);
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    else if (depth === 0 && from > 0) break;
    else if (char === '\n' || (char === '\r' && text[at + 1] !== '\n')) line++;
  }
  if (start >= 0) yield { line: startLine, end: text.length, json: text.slice(start) };
}

/** The closing quote, or the end of the line: JSON strings hold no raw line end, so an open one spoils one line only. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '"') return at;
    else if (char === '\n' || char === '\r') return at - 1;
  }
  return text.length;
}

/** Fails fast for JSONL: where the second line begins. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
