/** Output that cannot be written, and places that are not there: a sentence each, from both programs. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { launcherOf, startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const [rxchat, server] = [launcherOf('rxchat'), launcherOf('rxchat-server')]

/** In a shell, where `$0` is the node that runs the tests, and `$1` the given text. */
function shell(script: string, given = '', env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, given], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: temporaryFolder(), RXCHAT_CONFIG: '/dev/null', ...env },
  })
  return { status, stdout, stderr }
}

async function journal(): Promise<string> {
  const data = temporaryFolder()
  const host = await startServer('--data', data)
  host.type('hello, everybody')
  await host.out.has('hello, everybody')
  host.type('EXIT')
  await host.ended
  return data
}

describe.skipIf(!existsSync('/dev/full'))('[K7] a full disk', () => {
  test.each([
    ['rxchat', `"$0" ${rxchat} --help`],
    ['rxchat', `"$0" ${rxchat} --version`],
    ['rxchat-server', `"$0" ${server} --help`],
    ['rxchat-server', `"$0" ${server} --print-config --ephemeral`],
    ['rxchat-server', `"$0" ${server} completion bash`],
  ])('%s: exit code 1, and one sentence', (name, command) => {
    const { status, stderr } = shell(`${command} > /dev/full`)
    expect(stderr).toMatch(new RegExp(`^${name}: the output cannot be written: there is no space left\\..*\n$`, 'i'))
    expect(status).toBe(1)
  })

  test.each(['replay "$1"', 'replay "$1" --json', 'export "$1"', 'export "$1" --redact'])(
    'rxchat-server %s: exit code 1, and one sentence',
    async tool => {
      const { status, stderr } = shell(`"$0" ${server} ${tool} > /dev/full`, await journal())
      expect(stderr).toMatch(/^rxchat-server: the output cannot be written: there is no space left\..*\n$/i)
      expect(status).toBe(1)
    },
  )

  test('rxchat that listens: exit code 1, and one sentence', async () => {
    const { address } = await startServer('--ephemeral')
    const { status, stderr } = shell(`"$0" ${rxchat} ${address} --name ears --json --follow < /dev/null > /dev/full`)
    expect(stderr).toMatch(/^rxchat: the output cannot be written: there is no space left\..*\n$/)
    expect(status).toBe(1)
  })

  test('a file that may not grow: exit code 1, and one sentence', async () => {
    const data = await journal()
    const file = join(temporaryFolder(), 'out')
    const { status, stderr } = shell(`ulimit -f 0; "$0" ${server} export "$1" > ${file}`, data)
    expect(stderr).toMatch(/^rxchat-server: the output cannot be written: the file would be larger than is allowed/)
    expect(status).toBe(1)
  })
})

test('a reader that has gone away is no fault', async () => {
  const { status, stderr, stdout } = shell(`"$0" ${server} export "$1" | head -n 1`, await journal())
  expect({ status, stderr, lines: stdout.split('\n').length }).toEqual({ status: 0, stderr: '', lines: 2 })
})

test('[X3] reindex --data TYPO makes nothing', () => {
  const folder = temporaryFolder()
  const { status, stderr } = shell(`"$0" ${server} reindex --data "$1"`, join(folder, 'typo'))
  expect(status).toBe(1)
  expect(stderr).toBe(
    `rxchat-server: There is no journal in ${join(folder, 'typo')}. Name the data directory of a server with --data DIR.\n`,
  )
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['rxchat', 'help', /^Chat in an rxchat room/],
  ['rxchat-server', 'help', /^Host a chat room/],
  ['rxchat-server', 'help replay', /^Replay a journal/],
])('%s %s prints help', (name, words, beginning) => {
  const { status, stdout } = shell(`"$0" ${launcherOf(name as 'rxchat' | 'rxchat-server')} ${words}`)
  expect(status).toBe(0)
  expect(stdout).toMatch(beginning)
})
