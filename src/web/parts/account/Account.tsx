/** The panel of one's own name. A guest can make an account of it or sign in to one; an account sees its devices. */
import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../controls/Dialog.tsx'
import type { AccountProps } from './account-props.ts'
import { KeepName } from './KeepName.tsx'
import { SignIn } from './SignIn.tsx'
import { YourAccount } from './YourAccount.tsx'

export function Account({ chat, visit, part: first, name, onClose }: AccountProps) {
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
        <YourAccount view={chat.view} acts={visit.account} client={visit.client} />
      ) : part === 'register' ? (
        <KeepName name={chat.view.name} acts={visit.account} onSignIn={() => turn('sign-in')} />
      ) : (
        <SignIn name={name} acts={visit.account} onRegister={() => turn('register')} />
      )}
    </Dialog>
  )
}
