/** The authentication that connections use, made of the server's ports and options. */
import type { Observable } from 'rxjs'
import type { Body } from '../../../model/input.ts'
import type { State } from '../../../model/state.ts'
import type { Clock } from '../../../port/clock.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { Journal } from '../../../port/journal.ts'
import type { Passkeys } from '../../../port/passkeys.ts'
import type { PasswordHasher } from '../../../port/password-hasher.ts'
import type { Trusts } from '../../../transport/trust.ts'
import { Authentication } from './authentication.ts'
import { webAuthn } from './passkeys/passkeys.ts'
import { Passwords } from './passwords.ts'
import { Registrar, type RegistrationPolicy } from './registrar.ts'
import { scryptHasher } from './scrypt.ts'

export type AuthenticationContext = {
  readonly authentication: Authentication
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly registrar: Registrar
  /** Whether guests may enter without an invite. */
  readonly guests: boolean
  /** The hash of the certificate that a proxy shows its clients, in hex, as the host states it; null: none. */
  readonly tlsSeen: string | null
}

type Deps = {
  readonly ports: {
    readonly clock: Clock
    readonly entropy: Entropy
    readonly journal: Pick<Journal, 'epoch'>
    readonly hasher?: PasswordHasher
    readonly passkeys?: Passkeys
  }
  readonly options: {
    readonly registration: RegistrationPolicy
    readonly guests: boolean
    readonly tlsSeen: string | null
    readonly trusts: Trusts
    readonly perAddress: number | null
  }
  readonly state: () => State
  readonly submit: (body: Body) => void
  readonly report: (error: unknown) => void
  readonly closing$: Observable<void>
}

export function createAuthentication({ ports, options, state, submit, report, closing$ }: Deps): AuthenticationContext {
  const { clock, entropy, journal, hasher = scryptHasher(), passkeys = webAuthn() } = ports
  const { registration, guests, tlsSeen, trusts, perAddress } = options
  const passwords = new Passwords(hasher, clock)
  closing$.subscribe(() => passkeys.close())
  const { epoch } = journal
  const isBounded = (address: string): boolean => perAddress !== null && !trusts(address)
  return {
    ...{ passwords, passkeys, guests, tlsSeen },
    authentication: new Authentication({ passwords, passkeys, entropy, epoch, state, submit, report }),
    registrar: new Registrar({ passwords, entropy, clock, policy: registration, isBounded }),
  }
}
