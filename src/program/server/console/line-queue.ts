/** The lines of a pipe, run one at a time: the next one runs when everything that the last one asked for is done. */

/** Returns a function that takes a line. `settled` calls back when nothing is pending, at once or later. */
export function oneByOne(run: (line: string) => void, settled: (done: () => void) => void): (line: string) => void {
  let waiting: string[] = []
  let busy = false

  /** A loop, not a recursion: most answers are immediate, and a script may be long. */
  function runAll(): void {
    busy = true
    while (waiting.length > 0) {
      const lines = waiting
      waiting = []
      for (const [at, line] of lines.entries()) {
        run(line)
        if (isSettled()) continue
        waiting = [...lines.slice(at + 1), ...waiting]
        return
      }
    }
    busy = false
  }

  /** Whether everything is done already. If not, the rest goes on when it is. */
  function isSettled(): boolean {
    let isDone = false
    let isLate = false
    settled(() => {
      isDone = true
      if (isLate) runAll()
    })
    isLate = !isDone
    return isDone
  }

  return line => {
    waiting.push(line)
    if (!busy) runAll()
  }
}
