/** How a connection comes by a name: past the password and the bounds, anew or as who it was. */
import type { Refusal } from '../gate.ts'
import type { Guest } from '../house.ts'
import { refused as noteRefused } from '../note.ts'
import type { Deed } from '../talk/conversation.ts'

export type Entering = {
  readonly enter: (deed: Extract<Deed, { do: 'enter' }>) => void
  readonly resume: (deed: Extract<Deed, { do: 'resume' }>) => void
  /** The connection is gone, and its place is free. */
  readonly leave: () => void
}

export function entering({ house, link, via, submit, tell }: Guest): Entering {
  const { clock, entropy, seats, admission } = house
  let admitted = false

  function passes(password: string | null): boolean {
    const refused = house.gate(link.address, password, clock.elapsed())
    return refused === null || keepOut(refused)
  }

  /** `back`: as one who has a place already. */
  function admit(back: boolean): boolean {
    const refused = admitted ? null : admission.enter(link.address, back)
    if (refused) return keepOut(refused)
    admitted = true
    admission.settled(link.address, link.connection)
    return true
  }

  function keepOut(refused: Refusal): false {
    house.note(noteRefused(link, refused.code))
    tell({ type: 'rejected', at: clock.now(), n: null, ...refused })
    link.notify({ type: 'refused' })
    return false
  }

  return {
    enter({ name, room, history, password }) {
      if (!passes(password) || !admit(false)) return
      link.history = history
      const protocol = link.encoding?.protocol ?? 'line'
      link.token = link.encoding?.resumes ? entropy.secret() : null
      seats.expect(via, link)
      const token = link.token === null ? null : entropy.digest(link.token)
      submit(via, null, { type: 'hello', name, room, protocol, token }, null)
    },

    /** Who has the token of a session has given the password before. */
    resume({ resumption, history, enter, password }) {
      const token = entropy.digest(resumption.token)
      const { tokens, sessions } = house.state()
      if (!tokens.has(token) && enter !== null && !passes(password)) return
      if (!admit(enter === null || sessions.has(tokens.get(token) ?? ''))) return
      link.history = history
      link.resumption = resumption
      link.token = resumption.token
      const protocol = link.encoding?.protocol ?? 'native'
      seats.expect(via, link)
      submit(via, null, { type: 'resume', token, enter: enter && { ...enter, protocol } }, null)
    },

    leave() {
      if (admitted) admission.leave(link.address)
    },
  }
}
