/** The head of the join form: the name of the server, and the purpose of the form. */
import { Mark } from '../controls/Mark.tsx'
import type { Here } from '../use-here.ts'
import type { Mode } from './wish.ts'

type Props = { readonly mode: Mode; readonly here: Here; readonly isInvited: boolean }

export function Intro({ mode, here: { members, guests }, isInvited }: Props) {
  const isClosed = mode === 'guest' && guests === false && !isInvited
  return (
    <>
      <div className="join-where">
        <Mark />
        <h1>
          <bdi>{location.host}</bdi>
        </h1>
        <p className="quiet small">
          a chat on rxchat
          {members === null ? null : (
            <>
              {' · '}
              <span className={members > 0 ? 'live' : 'live none'}>{company(members)}</span>
            </>
          )}
        </p>
      </div>
      <p>{isClosed ? ACCOUNTS_ONLY : WORDS[mode]}</p>
      {isInvited && mode !== 'sign-in' ? <p className="invited">You have an invite to this server.</p> : null}
    </>
  )
}

const ACCOUNTS_ONLY = 'Only people with an account can enter this server. Sign in, or ask the host for an invite.'

const WORDS = {
  guest: "This server runs a chat room. Choose a name to join; you don't need an account.",
  'sign-in': 'Sign in to your account on this server.',
  create: 'An account keeps your name for you alone, on all your devices.',
} as const

const company = (here: number): string =>
  here === 0 ? 'Nobody is here yet.' : here === 1 ? 'One person is here.' : `${here} people are here.`
