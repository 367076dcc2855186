/** The panel of one's own name. A guest can make an account of it or sign in to one; an account sees its devices. */
import { useEffect, useRef, useState } from 'react'
import type { Chat } from '../../../client/chat/state.ts'
import type { Visit } from '../../visit/visit.ts'
import { Dialog } from '../controls/Dialog.tsx'
import { KeepName } from './KeepName.tsx'
import { SignIn } from './SignIn.tsx'
import { YourAccount } from './YourAccount.tsx'

export type AccountPart = 'register' | 'sign-in'

type Props = {
  readonly chat: Chat
  readonly visit: Visit
  /** The part that a guest sees first. */
  readonly part: AccountPart
  /** The name to sign in to, as it was typed. */
  readonly name: string
  readonly onClose: () => void
}

export function Account({ chat, visit, part: first, name, onClose }: Props) {
  const [part, turn] = useState(first)
  const { account } = chat.view
  const known = useRef(`${account} ${part}`)
  // The element with the focus is gone with the previous part.
  useEffect(() => {
    const isInField = document.activeElement instanceof HTMLInputElement
    if (known.current !== `${account} ${part}` && !isInField) document.getElementById('account-title')?.focus()
    known.current = `${account} ${part}`
  }, [account, part])
  const title = account ? 'Your account' : part === 'register' ? 'Keep this name' : 'Sign in'
  return (
    <Dialog name="account" title={title} closing="Close the account" onClose={onClose}>
      {account ? (
        <YourAccount view={chat.view} acts={visit.account} />
      ) : part === 'register' ? (
        <KeepName name={chat.view.name} acts={visit.account} onSignIn={() => turn('sign-in')} />
      ) : (
        <SignIn name={name} acts={visit.account} onRegister={() => turn('register')} />
      )}
    </Dialog>
  )
}
