// Ctrl-Z and `fg` in a real shell on a real pseudo-terminal, however the program was started.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Drawn, openDrawn } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialLine } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS } from '../helpers/terminal.ts'

const root = join(import.meta.dirname, '../..')
const newer = join(root, 'node_modules/node/bin/node')
const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(folder => !folder.includes('node_modules'))
const older = onPath.map(folder => join(folder, 'node')).find(node => existsSync(node) && isTooOld(node))
if (!older) console.warn('Skipped: Ctrl-Z through the launcher, as the PATH has no Node before 22.18')

function isTooOld(node: string): boolean {
  const [major = 0, minor = 0] = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' })
    .split('.')
    .map(Number)
  return major < 22 || (major === 22 && minor < 18)
}

/** A folder where `npx rxchat` finds this checkout, as after `npm install rxchat`. */
function installed(): string {
  const folder = temporaryFolder()
  const bin = join(folder, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(root, join(folder, 'node_modules', 'rxchat'))
  for (const name of ['rxchat', 'rxchat-server'] as const) symlinkSync(launcherOf(name), join(bin, name))
  return folder
}

/** Ways to start `rxchat`; the first word of PATH decides under which Node npx and the launcher begin. */
const WAYS = [
  { way: 'directly', node: newer, command: (name: string) => `node '${launcherOf(name as 'rxchat')}'` },
  {
    way: 'by the launcher on an older Node',
    node: older,
    command: (name: string) => `node '${launcherOf(name as 'rxchat')}'`,
  },
  { way: 'through npx', node: newer, command: (name: string) => `npx --no -- ${name}` },
  { way: 'through npx on an older Node', node: older, command: (name: string) => `npx --no -- ${name}` },
] as const

async function shellOn(node: string): Promise<Drawn> {
  const PATH = [dirname(node), ...onPath].join(delimiter)
  const shell = openDrawn(
    ['bash', '--norc', '-i'],
    { columns: 100, rows: 24 },
    {
      ...{ PATH, XDG_STATE_HOME: temporaryFolder(), RXCHAT_CONFIG: '/dev/null' },
      ...{ PS1: 'shell$ ', HISTFILE: '', npm_config_update_notifier: 'false' },
    },
  )
  await shell.has('shell$')
  shell.type(`cd '${installed()}'; clear${KEYS.enter}`)
  return shell
}

/** The row of the prompt, with nothing typed yet. */
const prompts = (shell: Drawn): Promise<unknown> =>
  shell.shows('the prompt of the shell below it', rows => rows.findLast(row => row !== '')?.trimEnd() === 'shell$')

describe.each(WAYS)('[U9] rxchat started $way', ({ node, command }) => {
  test.skipIf(!node)(
    'drawn: stops on Ctrl-Z with the terminal as it was, and goes on with fg, time after time',
    async () => {
      const server = await startServer()
      const shell = await shellOn(node ?? '')
      shell.type(`${command('rxchat')} 127.0.0.1:${server.port} --name Spider-Man${KEYS.enter}`)
      await shell.has('online')
      for (const time of ['once', 'twice']) {
        shell.type(KEYS.ctrlZ)
        await shell.has('Stopped')
        await prompts(shell)
        expect(shell.isAlternate()).toBe(false)
        expect(shell.wraps()).toBe(true)
        shell.type(`echo still ${time} $((40 + 2))${KEYS.enter}`)
        await shell.has(`still ${time} 42`)
        // The next stop isn't to be taken for this one.
        shell.type(`clear; fg${KEYS.enter}`)
        await shell.has('online')
        expect(shell.isAlternate()).toBe(true)
        shell.type(`back ${time}${KEYS.enter}`)
        await server.out.has(`Spider-Man > back ${time}`)
      }
      shell.type(KEYS.ctrlC)
      await shell.has('Goodbye.')
    },
  )

  test.skipIf(!node)('line by line: stops on Ctrl-Z, and goes on with fg', async () => {
    const server = await startServer()
    const shell = await shellOn(node ?? '')
    shell.type(`${command('rxchat')} --plain 127.0.0.1:${server.port} --name Spider-Man${KEYS.enter}`)
    await shell.has('Room #lobby')
    shell.type(KEYS.ctrlZ)
    await shell.has('Stopped')
    shell.type(`echo still $((40 + 2))${KEYS.enter}`)
    await shell.has('still 42')
    shell.type(`fg${KEYS.enter}`)
    await shell.shows('its prompt', rows => rows.findLast(row => row !== '')?.startsWith('Spider-Man >') === true)
    shell.type(`back again${KEYS.enter}`)
    await server.out.has('Spider-Man > back again')
    shell.type(KEYS.ctrlC)
    await shell.has('Goodbye.')
  })
})

describe('[U11] a host who stops the console', () => {
  test.each(['', ' --plain'])('with Ctrl-Z stops the room, which is told, and is warned before:%s', async flag => {
    const shell = await shellOn(newer)
    shell.type(`node '${launcherOf('rxchat-server')}' --ephemeral --host 127.0.0.1 --port 0${flag}${KEYS.enter}`)
    await shell.has('127.0.0.1:')
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(shell.rows().join('\n'))?.[1])
    const alice = await dialLine(port, 'alice')
    await shell.has('alice entered')
    shell.type(KEYS.ctrlZ)
    await shell.has('Ctrl-Z again suspends')
    expect(shell.rows().join()).not.toContain('Stopped')
    shell.type(KEYS.ctrlZ)
    await alice.heard.has('The server is suspended.')
    await shell.has('Stopped')
    shell.type(`fg${KEYS.enter}`)
    await alice.heard.has('The server has resumed.')
    shell.type(KEYS.ctrlC)
    await prompts(shell)
  })
})
