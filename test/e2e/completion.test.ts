/**
 * Completion in real shells, in a real terminal: a line is typed, Tab and Enter are pressed, and the run command is
 * told.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { has } from '../helpers/has.ts'
import { launcherOf, Watched } from '../helpers/program.ts'

const terminal = fileURLToPath(new URL('../helpers/terminal.py', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const made = (shell: string): string => `${process.execPath} ${launcherOf('rxchat-server')} completion ${shell}`

/** Each is started without anybody's settings, takes in the completion, and has programs that print their words. */
const SHELLS = {
  bash: {
    start: ['bash', '--norc', '--noprofile', '-i'],
    load: `eval "$(${made('bash')})"; rxchat() { printf '<%s>' "$@"; echo; }; rxchat-server() { rxchat "$@"; }`,
  },
  zsh: {
    start: ['zsh', '-f', '-i'],
    load: `autoload -U compinit; compinit -D; eval "$(${made('zsh')})"; rxchat() { printf '<%s>' "$@"; echo; }; rxchat-server() { rxchat "$@"; }`,
  },
  fish: {
    start: ['fish', '--no-config', '--private', '-i'],
    load: `${made('fish')} | source; function rxchat; printf '<%s>' $argv; echo; end; function rxchat-server; rxchat $argv; end`,
  },
} as const

const LINES: readonly (readonly [typed: string, told: string])[] = [
  ['rxchat-server --ephem', '<--ephemeral>'],
  ['rxchat-server --log-level inf', '<--log-level><info>'],
  ['rxchat-server --log-level=inf', '<--log-level=info>'],
  ['rxchat-server --data scri', '<--data><scripts>'],
  ['rxchat-server reind', '<reindex>'],
  ['rxchat-server replay --comp', '<replay><--compare>'],
  ['rxchat-server replay package-l', '<replay><package-lock.json>'],
  ['rxchat-server completion fi', '<completion><fish>'],
  ['rxchat --fol', '<--follow>'],
]

test.for(['bash', 'zsh', 'fish'] as const)(
  '%s completes flags, values, commands and files',
  async (shell, { skip }) => {
    if (!has(shell)) return skip(`there is no ${shell} (apt-get install ${shell})`)
    if (!has('python3')) return skip('there is no python3 to make a terminal')
    const { start, load } = SHELLS[shell]
    const child = spawn('python3', [terminal, '250', '50', ...start], {
      cwd: root,
      env: { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8' },
    })
    onTestFinished(() => void child.stdin.destroy())
    const shown = new Watched()
    child.stdout.setEncoding('utf8').on('data', (text: string) => shown.add(text))
    child.once('close', () => shown.end())
    child.stdin.write(`${load}; printf '<%s>' rea''dy\r`)
    await shown.has('<ready>')
    for (const [typed, told] of LINES) {
      const before = shown.text.length
      child.stdin.write(`${typed}\t\r`)
      const answer = await shown.until(text => /(<[^\n]*>)\r?\n/.exec(text.slice(before))?.[1])
      // Some leave the slash behind a directory, and some take it away again.
      expect(answer.replace('/>', '>'), shown.text.slice(before)).toBe(told)
    }
  },
)
