/** The parts that the page's copy of Immutable lacks (scripts/trim-immutable.ts). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UNUSED } from '../../scripts/trim-immutable.ts'

const SOURCE = join(import.meta.dirname, '../../src')
/** Each folder that has code of the page. */
const FOLDERS = ['actor', 'client', 'codec', 'model', 'port', 'web']

test('[G10] the page calls no method that its copy of Immutable lacks', () => {
  const names = [...UNUSED].filter(name => /^\w+$/.test(name))
  const calls = new RegExp(`\\.(${names.join('|')})\\(`, 'g')
  const found = FOLDERS.flatMap(folder =>
    readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .flatMap(name => {
        const text = readFileSync(join(SOURCE, folder, name), 'utf8')
        return [...text.matchAll(calls)].map(([call]) => `${folder}/${name}: ${call}`)
      }),
  )
  expect(found).toEqual([])
})
