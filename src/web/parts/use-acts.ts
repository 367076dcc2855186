/** A person's acts in the chat, apart from its parts: goes elsewhere, opens a panel, enters a line. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { Attached } from '../../client/chat/chat-store.ts'
import { type Where, withPerson } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import { readTyped } from '../../model/slash.ts'
import { useOpen } from '../browser/use-open.ts'
import type { Visit } from '../visit/visit.ts'
import type { AccountPart } from './account/account-props.ts'
import type { Writing } from './composer/Composer.tsx'
import type { Subject } from './keeping/subject.ts'
import type { Scrolling } from './messages/Messages.tsx'
import { useKeys } from './use-keys.ts'

/** `name`: the account to sign in to, as it was typed. */
export type SigningIn = { readonly part: AccountPart; readonly name: string }

export type Acts = {
  /** The panel that is open; null: none. */
  readonly open: ReturnType<typeof useOpen>[0]
  readonly turnOpen: ReturnType<typeof useOpen>[1]
  readonly turn: (to: Where) => void
  readonly person: (name: string) => void
  /** Writes the name into the text that is being written. */
  readonly mention: (name: string) => void
  /** Opens the dialog of an act with a time and a reason. */
  readonly restrict: (subject: Subject) => void
  /** The subject of that dialog. */
  readonly subject: Subject | null
  /** Opens the panel of one's own name. */
  readonly account: (next?: SigningIn) => void
  /** The part of the panel that a guest sees. */
  readonly signingIn: SigningIn
  /** Whether the text was understood. If not, it stays in the field to be corrected. */
  readonly enter: (text: string, attached?: Attached) => boolean
  readonly writing: RefObject<Writing | null>
  readonly scrolling: RefObject<Scrolling | null>
  /** On a first visit, until a message comes. */
  readonly welcomes: boolean
  readonly closeWelcome: () => void
}

const REGISTERS: SigningIn = { part: 'register', name: '' }

export function useActs({ talk, client, frames, account: ofAccount, go, isFirst }: Visit, { found }: Chat): Acts {
  const [open, turnOpen] = useOpen()
  const [welcomes, setWelcomes] = useState(isFirst)
  const [signingIn, setSigningIn] = useState(REGISTERS)
  const [subject, setSubject] = useState<Subject | null>(null)
  const writing = useRef<Writing>(null)
  const scrolling = useRef<Scrolling>(null)

  const turn = useCallback(
    (to: Where) => {
      go(to)
      turnOpen(null)
      writing.current?.focus()
    },
    [go, turnOpen],
  )
  const person = useCallback((name: string) => turn(withPerson(name)), [turn])

  const mention = useCallback(
    (name: string) => {
      turnOpen(null)
      writing.current?.insert(`@${name} `)
    },
    [turnOpen],
  )
  const restrict = useCallback(
    (next: Subject) => {
      setSubject(next)
      turnOpen('restrict')
    },
    [turnOpen],
  )

  const account = useCallback(
    (next: SigningIn = REGISTERS) => {
      setSigningIn(next)
      turnOpen('account')
    },
    [turnOpen],
  )

  /** Leaves the form without an error, and forgets the kept sign-in, as the button does. */
  async function signOut(everywhere: boolean): Promise<void> {
    const message = await ofAccount.signOut(everywhere)
    if (message !== null) talk.trouble({ where: talk.chat$.value.where, asked: null, message })
  }

  function enter(text: string, attached: Attached = {}): boolean {
    const typed = text.includes('\n') ? null : readTyped(text, '')
    if (typed?.type === 'command' && typed.command.type === 'logout') {
      void signOut(typed.command.everywhere)
      return true
    }
    const entered = talk.enter(text, attached)
    if (entered.type === 'help') turnOpen('help')
    else if (entered.type === 'rooms' || entered.type === 'pins') turnOpen(entered.type)
    else if (entered.type === 'account')
      account(entered.what === 'login' ? { part: 'sign-in', name: entered.name } : REGISTERS)
    else if (entered.type === 'earlier') scrolling.current?.toStart()
    else if (entered.type === 'quit') client.leave(entered.reason)
    else if (entered.type === 'done') {
      scrolling.current?.toEnd()
      setWelcomes(false)
    }
    frames.draw()
    return entered.type !== 'wrong'
  }

  useKeys(
    talk,
    turn,
    () => turnOpen('search'),
    () => {
      turnOpen(null)
      scrolling.current?.toEnd()
      writing.current?.focus()
    },
  )

  // Results are shown while the search is open, however it was opened.
  useEffect(() => {
    if (found) turnOpen('search')
  }, [found, turnOpen])
  useEffect(() => {
    if (open !== 'search') talk.closeFound()
  }, [open, talk])

  const closeWelcome = (): void => setWelcomes(false)
  return {
    ...{ open, turnOpen, turn, person, mention, restrict, subject, account, signingIn },
    ...{ enter, writing, scrolling, welcomes, closeWelcome },
  }
}
