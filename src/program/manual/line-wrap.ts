/** A terminal has 80 columns. Two are left free for quoting. */
const COLUMNS = 78

/** Words in lines that fit a terminal. */
export function wrapped(text: string, indent: string, between = ' ', columns = COLUMNS): readonly string[] {
  const lines: string[] = []
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1)
    const longer = `${last}${between}${word}`
    if (last !== undefined && longer.length <= columns) lines[lines.length - 1] = longer
    else lines.push(indent + word)
  }
  return lines
}
