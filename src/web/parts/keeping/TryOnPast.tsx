/**
 * Tries a rule on the messages of the last days, before it is switched on: the members that it would have stopped, and
 * how often.
 */
import { useEffect, useState } from 'react'
import { triedIn } from '../../../client/chat/keeping/listing.ts'
import type { Client } from '../../../client/session/connection.ts'
import { request } from '../../visit/requests.ts'
import { useWhen } from './use-when.ts'

type Props = {
  readonly client: Client
  /** As it can be typed, such as `slow 10s`; null: there's no rule yet. */
  readonly rule: string | null
  /** Null: the whole server. */
  readonly room: string | null
}

const DAYS = 30
const DAY_S = 86_400

export function TryOnPast({ client, rule, room }: Props) {
  const [lines, show] = useState<readonly string[]>([])
  const [isBusy, setBusy] = useState(false)
  const when = useWhen()
  // The shown result is of another rule.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say when it's out of date
  useEffect(() => show([]), [rule, room])

  async function attempt(typed: string): Promise<void> {
    setBusy(true)
    const answer = await request(client, { type: 'try', rule: typed, room, for: DAYS * DAY_S })
    setBusy(false)
    show(answer.ok ? triedIn(answer.reply, when) : [answer.why])
  }

  return (
    <div className="try">
      <button type="button" disabled={rule === null || isBusy} onClick={() => rule !== null && void attempt(rule)}>
        Try on the past
      </button>
      <div className="tried small" role="status">
        {isBusy
          ? `Looking through the last ${DAYS} days…`
          : lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines come together, and never move
              <p key={index} dir="auto">
                {line}
              </p>
            ))}
      </div>
    </div>
  )
}
