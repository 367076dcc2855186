/** The connection's status when there's a problem, and the user's remedies. */
import { serverTime } from '../../client/chat/keeping/waits.ts'
import { ending, standing } from '../../client/chat/sentences.ts'
import type { Chat } from '../../client/chat/state.ts'
import { countdown } from '../text/countdown.ts'
import { useNow } from './use-now.ts'

type Props = {
  readonly chat: Chat
  readonly clock: () => number
  readonly onRetry: () => void
  readonly onJoinAgain: () => void
}

const SECOND_MS = 1000

export function Standing({ chat, clock, onRetry, onJoinAgain }: Props) {
  const { status, statusSince } = chat
  const until = banUntil(chat)
  const now = useNow(clock, status.state === 'waiting' || until !== null ? SECOND_MS : 0)
  const left = until === null ? 0 : until - serverTime(chat, now)

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
            <strong aria-hidden="true">{standing(status, statusSince + status.ms - now)}</strong>
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
          {left > 0 ? <span className="left">The ban ends in {countdown(left)}.</span> : null}
          <button type="button" onClick={onJoinAgain}>
            Join again
          </button>
        </div>
      )
  }
}

/** When the ban ends that has ended the session, by the server's clock; null: there's none, or it is for good. */
function banUntil({ status, expelled }: Chat): number | null {
  const isBanned = status.state === 'ended' && status.end.by === 'server' && status.end.code === 'banned'
  return isBanned && expelled?.room === null ? expelled.until : null
}
