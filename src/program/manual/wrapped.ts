const COLUMNS = 78

/** Words in lines that fit a terminal. */
export function wrapped(text: string, indent: string, between = ' '): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    const longer = `${last}${between}${word}`
    if (last !== undefined && longer.length <= COLUMNS) lines[lines.length - 1] = longer
    else lines.push(indent + word)
  }
  return lines
}
