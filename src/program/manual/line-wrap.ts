/** Texts in lines that fit a terminal, broken between words only. A word that's longer than a line has one of its own. */

/** A terminal has 80 columns. Two are left free for quoting. */
const COLUMNS = 78

/** `columns`: of the whole line. Every line is indented alike. */
export function wrapped(text: string, indent: string, between = ' ', columns = COLUMNS): readonly string[] {
  return packed(text.trim().split(/\s+/), indent, indent, between, columns)
}

/** The lines after the first one have an indent of their own. */
export const hanging = (text: string, first: string, later: string, columns: number): readonly string[] =>
  packed(text.trim().split(/ (?! )/), first, later, ' ', columns)

/** A command for a shell, still the same one if it takes several lines. */
export function shellLines(command: string, columns: number): readonly string[] {
  if (command.length + 2 <= columns) return [`  ${command}`]
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  const lines = packed(words, '  ', '      ', ' ', columns - 2)
  return lines.map((line, at) => (at === lines.length - 1 ? line : `${line} \\`))
}

function packed(
  words: readonly string[],
  first: string,
  later: string,
  between: string,
  columns: number,
): readonly string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    const longer = `${last}${between}${word}`
    if (last !== undefined && longer.length <= columns) lines[lines.length - 1] = longer
    else lines.push((last === undefined ? first : later) + word)
  }
  return lines
}
