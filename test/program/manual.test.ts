/** Help, man pages and the docs, made from or held against the tables of the programs. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { MANUAL as CLIENT } from '../../src/program/cli/client.ts'
import { manPages } from '../../src/program/cli/man-pages.ts'
import { MANUAL as SERVER } from '../../src/program/cli/server.ts'
import { helpText } from '../../src/program/manual/help.ts'
import { shellLines } from '../../src/program/manual/line-wrap.ts'
import type { Manual } from '../../src/program/manual/manual.ts'
import { subcommand } from '../../src/program/server/subcommands.ts'
import { has } from '../helpers/has.ts'

const root = join(import.meta.dirname, '..', '..')
const all: readonly Manual[] = [CLIENT, ...(CLIENT.commands ?? []), SERVER, ...(SERVER.commands ?? [])]

/** The words of a help without its layout. A command for a shell may go on in the next line. */
const wordsIn = (help: string): string => help.replaceAll(/ \\\n/g, ' ').replaceAll(/\s+/g, ' ')

test.each(all)('--help of $name is broken between words on a terminal of any width from 40 columns on', manual => {
  const words = wordsIn(helpText(manual, 100))
  for (let columns = 40; columns <= 140; columns++) {
    const help = helpText(manual, columns)
    for (const line of help.split('\n')) expect(stringWidth(line), `${columns}: ${line}`).toBeLessThanOrEqual(columns)
    expect(wordsIn(help)).toBe(words)
    expect(help).not.toMatch(/ $/m)
    expect(help).not.toMatch(/\n{3}/)
  }
})

test('an example that takes several lines is the same command', () => {
  const command = `printf '%s|' "田中 and José" 'a  b' --very-long-flag value next another`
  const shown = shellLines(command, 40)
  expect(shown.length).toBeGreaterThan(1)
  for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(40)
  const printed = (text: string): string => execFileSync('sh', ['-c', text], { encoding: 'utf8' })
  expect(printed(shown.join('\n'))).toBe(printed(command))
})

test.each(all)('--help of $name fits into 80 columns and says all that the table says', manual => {
  const help = helpText(manual)
  for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  expect(help).not.toMatch(/ $/m)
  expect(help).not.toMatch(/\n{3}/)
  for (const [name, { variable = '' }] of Object.entries(manual.flags)) {
    expect(help).toMatch(new RegExp(`^ +(-\\w, )?--${name}( |$)`, 'm'))
    expect(help).toContain(variable)
  }
})

test('each command in the help of the server is one, and the other way round', () => {
  for (const { name } of SERVER.commands ?? []) expect(subcommand(name.split(' ')[1])).toBeDefined()
})

test.each([...manPages().keys()])('man/%s is as `npm run manual` makes it, and is shipped', file => {
  expect(readFileSync(join(root, 'man', file), 'utf8'), 'run `npm run manual`').toBe(manPages().get(file))
  expect(manifest.man).toContain(`man/${file}`)
})

test.for([...manPages().keys()])('mandoc has nothing against man/%s', (file, { skip }) => {
  if (!has('mandoc', '-h')) return skip('there is no mandoc')
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', join(root, 'man', file)], { encoding: 'utf8' })
  // A page that is made has no date: it would be made anew every day.
  const complaints = stdout.split('\n').filter(line => line !== '' && !line.includes('missing date'))
  expect(complaints).toEqual([])
})

test.for([...manPages().keys()])('mandoc shows of man/%s what was written, sign for sign', (file, { skip }) => {
  if (!has('mandoc', '-h')) return skip('there is no mandoc')
  const page = execFileSync('mandoc', ['-T', 'ascii', '-O', 'width=1000', join(root, 'man', file)], {
    encoding: 'utf8',
  })
  const shown = page.replaceAll(/.[\b]/g, '')
  const manual = file === 'rxchat.1' ? CLIENT : SERVER
  for (const [run] of manual.examples) expect(shown).toContain(`  ${run}\n`)
  for (const [name, { value = '', help }] of Object.entries(manual.flags)) {
    expect(shown).toMatch(new RegExp(`--${name}${value === '' ? '' : ` ${value.replace('|', '\\|')}`}\\s`))
    expect(shown.replaceAll(/\s+/g, ' ')).toContain(help.slice(1))
  }
})
