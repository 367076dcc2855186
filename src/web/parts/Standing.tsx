/** The connection's status when there's a problem, and what the user can do. */
import { useEffect, useState } from 'react'
import { ending, standing } from '../../client/chat/sentences.ts'
import type { Chat } from '../../client/chat/state.ts'

type Props = {
  readonly chat: Chat
  readonly clock: () => number
  readonly onRetry: () => void
  readonly onJoinAgain: () => void
}

const SECOND_MS = 1000

export function Standing({ chat, clock, onRetry, onJoinAgain }: Props) {
  const { status, statusSince } = chat
  const [, tick] = useState(0)
  useEffect(() => {
    if (status.state !== 'waiting') return
    const timer = setInterval(() => tick(count => count + 1), SECOND_MS)
    return () => clearInterval(timer)
  }, [status.state])

  switch (status.state) {
    case 'online':
      if (!status.stalled) return null
      return (
        <div className="standing warning" role="status">
          {standing(status, 0)}
        </div>
      )
    case 'connecting':
      return (
        <div className="standing" role="status">
          {standing(status, 0)}
        </div>
      )
    case 'waiting':
      return (
        <div className="standing warning" role="status">
          <span>
            <strong aria-hidden="true">{standing(status, statusSince + status.ms - clock())}</strong>
            {/* Read once, not every second. */}
            <span className="unseen">offline, reconnecting</span>
            <span className="why"> · {status.why}</span>
          </span>
          <button type="button" onClick={onRetry}>
            Try now
          </button>
        </div>
      )
    case 'ended':
      return (
        <div className="standing error" role="alert">
          <strong>{ending(status.end)}</strong>
          <button type="button" onClick={onJoinAgain}>
            Join again
          </button>
        </div>
      )
  }
}
