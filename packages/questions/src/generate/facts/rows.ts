/** Facts are written as lines of cells, so that many fit where they can be read and checked. */

/** Rows end with a semicolon or a line end. */
export function rows(table: string, separator: string): readonly (readonly string[])[] {
  return table
    .split(/[;\n]/u)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => row.split(separator).map((cell) => cell.trim()));
}
