/** Records both days anew: `node test/replay/record.ts`. Then their hashes belong into docs/decisions/0013. */
import { writeFileSync } from 'node:fs'
import { entryLine, headerLine } from '../../src/journal/exported.ts'
import type { Entry } from '../../src/model/input.ts'
import { accountDay } from '../helpers/arbitrary-accounts.ts'
import { EPOCH, richDay } from '../helpers/rich-day.ts'

const MOVES = 800

function write(file: string, entries: readonly Entry[]): void {
  const header = headerLine({ epoch: EPOCH, base: { seq: 0, state: null } })
  const lines = [header, ...entries.map(entryLine)].map(text => `${text}\n`)
  writeFileSync(new URL(file, import.meta.url), lines.join(''))
}

write('rich-day.ndjson', await richDay())
write('account-day.ndjson', accountDay(MOVES))
