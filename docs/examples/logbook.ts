// A bot that writes down what is said, each message once, also across its own restarts: node logbook.ts [ADDRESS] [FILE]
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { connect } from 'rxchat'

const [address, file = 'logbook.ndjson'] = process.argv.slice(2)

type Line = {
  readonly epoch: string
  readonly seq: number
  readonly at: number
  readonly from: string
  readonly text: string
}

/** The last line tells where to go on. */
function written(): Pick<Line, 'epoch' | 'seq'> | null {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : ''
  return lines === '' ? null : (JSON.parse(lines.slice(lines.lastIndexOf('\n') + 1)) as Line)
}

const chat = connect(address, { name: 'logbook' })
const last = written()
const from = last ? { after: last.seq, epoch: last.epoch } : { after: 0 }

chat
  .room('lobby')
  .since$(from)
  .subscribe(({ seq, at, from, text }) => {
    const line: Line = { epoch: chat.epoch, seq, at, from, text }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  })

process.once('SIGTERM', () => chat.leave())
