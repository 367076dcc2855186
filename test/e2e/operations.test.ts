// docs/operations.md, held against the programs: its flags, and its transcript of the console.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HOST_COMMANDS, usage } from '../../src/program/server/commands.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dialLine, dialNative } from '../helpers/sockets.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'operations.md'), 'utf8')

/** The cells of the table that follows a heading, without the backticks, below its head. */
function table(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`\n## ${heading}\n`)
  const [block = ''] = /(?:^\|.*\n)+/m.exec(after) ?? []
  const rows = block.trim().split('\n').slice(2)
  return rows.map(row => row.split('|').map(cell => cell.trim().replaceAll('`', ''))).map(cells => cells.slice(1, -1))
}

test('its table of flags is that of --help', () => {
  const help = execFileSync(process.execPath, [launcherOf('rxchat-server'), '--help'], { encoding: 'utf8' })
  const lines = [...help.matchAll(/^ +(--\S+ [A-Z]+) .*\((\S+)\)$/gm)].map(([, flag, otherwise]) => [flag, otherwise])
  const rows = table('Flags')
  expect(rows.length).toBeGreaterThan(4)
  expect(lines).toEqual(rows.map(([flag, , otherwise]) => [flag, otherwise]))
  const variables = help.match(/RXCHAT_[A-Z_]+(?!=)\b/g) ?? []
  for (const [, variable] of rows) expect(variables).toContain(variable)
})

test('its table of commands is that of HELP', () => {
  expect(table('The console').map(([command]) => command)).toEqual(HOST_COMMANDS.map(usage))
})

test('the console answers as in its transcript', async () => {
  const [, transcript = ''] = /<!-- console -->\n```\n(.*?)```/s.exec(page) ?? []
  const exchanges = transcript.split(/^> /m).slice(1)
  expect(exchanges.length).toBeGreaterThan(8)
  const server = await startServer()
  await dialNative(server.port, 'alice')
  await dialLine(server.port, 'bob')
  await server.out.has('USERS: [Host,alice,bob]\n')
  const before = server.out.text.length
  for (const exchange of exchanges) server.type(exchange.split('\n')[0] ?? '')
  server.type('EXIT')
  expect(await server.ended).toBe(0)
  const timeless = (text: string) => text.replace(/\[\d\d:\d\d:\d\d\]/g, '[time]')
  const answers = exchanges.map(exchange => exchange.slice(exchange.indexOf('\n') + 1)).join('')
  expect(timeless(server.out.text.slice(before))).toBe(timeless(answers))
})
