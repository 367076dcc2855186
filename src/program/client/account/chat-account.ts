/** The account of a chat on a terminal: it answers prompts, and lets this machine sign in by itself. */
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { SecretAnswer } from '../../../client/input/secret-prompt.ts'
import type { Client } from '../../../client/session/connection.ts'
import type { OwnAccount } from './own-account.ts'

export type ChatAccount = {
  /** Carries out the command that the answers make. */
  readonly answer: (answer: SecretAnswer) => void
  /** Logs in with the key of this machine; false: there is none for that name. */
  readonly logIn: (name: string) => boolean
  /** Whether a key alone is enough to register. */
  readonly hasKeys: boolean
}

/** `hasTyped`: the password was typed, so the key of this machine is to sign in from now on. */
export function chatAccount(client: Client, talk: ChatStore, own: OwnAccount, hasTyped: boolean): ChatAccount {
  const { chat$, ask } = talk
  /** The commands that wait for their outcome here, by their ids. */
  const keys = new Map<number, { readonly name: string; readonly key: string }>()
  const loggingIn = new Set<number>()
  const draft = () => own.draft(chat$.value.view.name, chat$.value.epoch ?? '')

  let isDue = hasTyped
  client.incoming$.subscribe(({ reply }) => {
    if (reply.type !== 'welcome' || !isDue || !reply.account) return
    isDue = false
    addKey()
  })
  client.outcome$.subscribe(({ id, is }) => {
    const sent = keys.get(id)
    keys.delete(id)
    // With an unknown outcome the server may have taken the key, so it stays.
    if (sent && is !== 'unknown') own.settle(sent.name, sent.key, is === 'done')
    if (loggingIn.delete(id) && is === 'done') addKey()
  })

  function addKey(): void {
    const { name } = chat$.value.view
    const key = draft()
    if (key) keys.set(ask({ type: 'add-key', ...key }), { name, key: key.key })
  }

  function answer(given: SecretAnswer): void {
    switch (given.what) {
      case 'register': {
        const { name } = chat$.value.view
        const key = draft()
        const id = ask({ type: 'register', ...key, ...(given.password === null ? {} : { password: given.password }) })
        if (key) keys.set(id, { name, key: key.key })
        return
      }
      case 'login':
        loggingIn.add(ask({ type: 'login', name: given.name, account: { password: given.password } }))
        return
      case 'password':
        ask({ type: 'password', ...(given.old === null ? {} : { old: given.old }), new: given.next })
    }
  }

  return {
    answer,
    logIn(name) {
      const epoch = chat$.value.epoch ?? ''
      const key = own.keyFor(name) ?? own.keyPerhaps(name, epoch)
      const hint = key === null ? own.elsewhere(name, epoch) : null
      if (key !== null) ask({ type: 'login', name, account: { key } })
      if (hint !== null) talk.note(hint)
      return key !== null
    },
    hasKeys: own.hasKeys,
  }
}
