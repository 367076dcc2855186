/** Records the rich day anew: `node test/replay/record.ts`. Then its hashes belong into docs/decisions/0013. */
import { writeFileSync } from 'node:fs'
import { entryLine, headerLine } from '../../src/journal/exported.ts'
import { EPOCH, richDay } from '../helpers/rich-day.ts'

const entries = await richDay()
const header = headerLine({ epoch: EPOCH, base: { seq: 0, state: null } })
writeFileSync(
  new URL('rich-day.ndjson', import.meta.url),
  [header, ...entries.map(entryLine)].map(text => `${text}\n`).join(''),
)
