/**
 * `rxchat --file PATH`: uploads files, says one message with them, and leaves. A file that is refused sends nothing:
 * the server erases the files uploaded before it after a while.
 */
import type { Client } from '../../../client/session/connection.ts'
import type { SentFile } from '../../../model/command.ts'
import { flatten } from '../../../model/text.ts'
import type { StandardStreams } from '../../terminal/output.ts'
import { notAcknowledged, outcomeUnknown, tellOutages } from '../plain/outage.ts'
import type { FileSource } from '../upload/source.ts'
import type { Progress, UploadOutcome } from '../upload/upload.ts'

type Sending = {
  readonly room: string
  readonly files: readonly FileSource[]
  /** The text with them. */
  readonly text: string
  /** The message that is answered; null: none. */
  readonly reply: number | null
  /** Whether there's a session to wait for. With a token, there is none. */
  readonly hasSession: boolean
}

/** Resolves with the exit code. */
export function runSend(
  client: Client,
  { room, files, text, reply, hasSession }: Sending,
  upload: (file: FileSource, progress: Progress) => Promise<UploadOutcome>,
  { errors }: Pick<StandardStreams, 'errors'> & { readonly errors: { readonly isTTY?: boolean } },
): Promise<number> {
  const complain = (line: string): void => void errors.write(`${errors.isTTY ? CLEAR : ''}rxchat: ${flatten(line)}\n`)
  let [failed, begun] = [false, false]

  async function send(): Promise<void> {
    const sent: SentFile[] = []
    for (const file of files) {
      const outcome = await upload(file, bytes => show(file, bytes))
      if (errors.isTTY) errors.write(CLEAR)
      if (!outcome.ok) {
        failed = true
        complain(outcome.message)
        return client.leave()
      }
      sent.push(outcome.file)
    }
    client.ask({ type: 'say', room, text, action: false, files: sent, ...(reply === null ? {} : { reply }) })
    client.leave()
  }

  function show({ name, size }: FileSource, bytes: number): void {
    if (!errors.isTTY) return
    const done = size === null || size === 0 ? `${bytes} bytes` : `${Math.floor((100 * bytes) / size)} %`
    errors.write(`${CLEAR}${flatten(name)} ${done}`)
  }

  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'done') return
    failed = true
    complain(outcome.is === 'refused' ? outcome.message : outcomeUnknown(outcome.asked))
  })
  tellOutages(client, complain)

  return new Promise(resolve => {
    client.status$.subscribe(status => {
      if (!begun && (status.state === 'online' || (!hasSession && status.state !== 'ended'))) {
        begun = true
        void send()
      }
      if (status.state !== 'ended') return
      const { end } = status
      if (end.exit !== 0 && end.by !== 'user') complain(end.message)
      const left = client.waiting$.value
      if (end.exit === 6 && left > 0) complain(notAcknowledged(left))
      resolve(end.exit === 0 && failed ? 6 : end.exit)
    })
  })
}

/** To the start of the line, and clears it. */
const CLEAR = '\r\u001b[K'
