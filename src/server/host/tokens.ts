/** Tokens for programs, as the host manages them at the console. A token is shown once; only its hash is kept. */
import type { Body } from '../../model/input.ts'
import { nameKey } from '../../model/name/name.ts'
import type { State } from '../../model/state.ts'
import { flatten } from '../../model/text.ts'
import type { Entropy } from '../../port/entropy.ts'
import { type Refused, vetName, vetRoom } from '../ingress/vetting/vetted.ts'

export type TokenRequest = {
  readonly name: string
  readonly room: string | null
  readonly read: boolean
  readonly write: boolean
  /** To see the log of acts and the lists about keeping order, and to keep order. Absent: no. */
  readonly audit?: boolean
  readonly keep?: boolean
}

export type HostTokens = {
  /** `told` gets the token when it is valid. Returns the refusal if it is certain to be refused; otherwise null. */
  readonly add: (asked: TokenRequest, told: (token: string) => void) => Refused | null
  readonly revoke: (name: string, told: () => void) => void
}

type Deps = {
  readonly entropy: Entropy
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly settled: (run: () => void) => void
}

/** So that a token that is found in a file can be recognised. */
const PREFIX = 'rxchat_'

export const hostTokens = ({ entropy, state, submit, settled }: Deps): HostTokens => ({
  add({ name: raw, room: only, read, write, audit, keep }, told) {
    const name = vetName(raw)
    if (!name.ok) return name
    const room = only === null ? null : vetRoom(only)
    if (room && !room.ok) return room
    const [token, grant] = [`${PREFIX}${entropy.secret()}`, entropy.id()]
    const secret = entropy.digest(token)
    const more = { ...(audit && { audit }), ...(keep && { keep }) }
    submit({ type: 'grant', grant, name: name.value, secret, room: room?.value ?? null, read, write, ...more })
    settled(() => {
      if (state().grants.has(grant)) told(token)
    })
    return null
  },
  revoke(name, told) {
    const who = { key: nameKey(name.slice(0, NAME_MOST)), text: flatten(name).slice(0, NAME_MOST) }
    const grant = state().grants.get(state().names.get(who.key) ?? '')
    submit({ type: 'revoke', who })
    settled(() => {
      if (grant && !state().grants.has(grant.id)) told()
    })
  },
})

/** Characters of the typed name that a refusal repeats. */
const NAME_MOST = 64
