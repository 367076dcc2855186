/** The head of the join form: which server this is, and what the form is for. */
import type { Mode } from './wish.ts'

type Props = { readonly mode: Mode; readonly here: number | null; readonly isInvited: boolean }

export function Intro({ mode, here, isInvited }: Props) {
  return (
    <>
      <h1>
        <span className="prompt" aria-hidden="true">
          &gt;
        </span>
        rxchat
      </h1>
      <p className="host quiet">{location.host}</p>
      <p>
        {WORDS[mode]}
        {mode === 'guest' && here !== null ? ` ${company(here)}` : ''}
      </p>
      {isInvited && mode !== 'sign-in' ? <p className="invited">You have an invite to this server.</p> : null}
    </>
  )
}

const WORDS = {
  guest: "This server runs a chat room. Choose a name to join; you don't need an account.",
  'sign-in': 'Sign in to your account on this server.',
  create: 'An account keeps your name for you alone, on all your devices.',
} as const

const company = (here: number): string =>
  here === 0 ? 'Nobody is here yet.' : here === 1 ? 'One person is here.' : `${here} people are here.`
