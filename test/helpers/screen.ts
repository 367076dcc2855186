/**
 * A terminal's screen, as far as line editing needs one. It throws on sequences that it does not know, so none passes
 * unseen.
 */

export type Screen = {
  readonly write: (shown: string) => void
  /** All lines since the beginning, including those that have scrolled away, without trailing blanks. */
  readonly lines: () => readonly string[]
  /** The position of the cursor, in `lines` and in columns, both from 0. */
  readonly cursor: () => { readonly row: number; readonly column: number }
  /** How often the bell has rung. */
  readonly bells: () => number
}

const ESC = '\u{1b}'
/** A control sequence of ECMA-48, another escape sequence, or one code point. */
const TOKEN = new RegExp(`${ESC}\\[([\\d;?]*)([@-~])|${ESC}[^[]|[^${ESC}]`, 'suy')

export function createScreen(columns: number, rows: number): Screen {
  const grid: string[][] = [[]]
  let row = 0
  let column = 0
  let bells = 0
  let rest = ''

  const line = (): string[] => {
    while (grid.length <= row) grid.push([])
    return grid[row] ?? []
  }

  function put(char: string): void {
    // The cursor leaves the last column only when something follows: a line of exactly the width has no empty line
    // after it.
    if (column === columns) down(0)
    const cells = line()
    while (cells.length < column) cells.push(' ')
    cells[column++] = char
  }

  function down(to: number): void {
    row++
    column = to
    line()
  }

  function control(parameters: string, final: string): void {
    const n = Number(parameters || (final === 'J' || final === 'K' ? 0 : 1))
    switch (`${final === 'J' || final === 'K' ? n : ''}${final}`) {
      case 'A':
        row = Math.max(0, grid.length - rows, row - n)
        return
      case 'B':
        row = Math.min(grid.length - 1, row + n)
        return
      case 'C':
        column = Math.min(columns - 1, column + n)
        return
      case 'D':
        column = Math.max(0, column - n)
        return
      case 'G':
        column = n - 1
        return
      case '0J':
        grid.length = row + 1
        line().length = Math.min(line().length, column)
        return
      case '0K':
        line().length = Math.min(line().length, column)
        return
      default:
        throw new Error(`no line editor needs ${JSON.stringify(`ESC[${parameters}${final}`)}`)
    }
  }

  function take(token: string, parameters: string | undefined, final: string | undefined): void {
    if (final !== undefined) control(parameters ?? '', final)
    else if (token === '\r') column = 0
    else if (token === '\n') down(column)
    else if (token === '\b') column = Math.max(0, column - 1)
    else if (token === '\u{7}') bells++
    else if (token < ' ' || token === '\u{7f}') throw new Error(`a stray ${JSON.stringify(token)} on the screen`)
    else put(token)
  }

  return {
    write(shown) {
      const text = rest + shown
      TOKEN.lastIndex = 0
      let end = 0
      for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
        take(found[0], found[1], found[2])
        end = TOKEN.lastIndex
      }
      rest = text.slice(end)
    },
    lines: () => grid.map(cells => cells.join('').trimEnd()),
    cursor: () => ({ row, column }),
    bells: () => bells,
  }
}
