/**
 * Writes the pages for man, man/rxchat.1 and man/rxchat-server.1, from the tables of the programs:
 *
 *     npm run manual
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { manPages } from '../src/program/cli/man-pages.ts'

const folder = new URL('../man/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [file, page] of manPages()) writeFileSync(new URL(file, folder), page)
