/** Readline's memory of a line with a secret in it. */
import type { Interface } from 'node:readline'

/** Readline has remembered the line by now. `open` gives it without its secrets. */
export function forgetSecrets(lines: Interface, line: string, open: (line: string) => string): void {
  const { history } = lines as Interface & { readonly history?: string[] }
  if (history?.[0] === line) history[0] = open(line)
}
