/** evolve: the state after an event. Total. It doesn't check again what decide has already checked. */
import { type Event, isOfSession, isPublic, type LedgerEvent } from '../model/event.ts'
import type { State } from '../model/state.ts'
import { evolvePublic } from './evolve-public.ts'
import { evolveSession } from './evolve-session.ts'
import { evolveGrants } from './rules/grants.ts'
import { evolveHooks } from './rules/hooks.ts'

export function evolve(state: State, event: Event): State {
  if (isPublic(event)) return evolvePublic(state, event)
  return isOfSession(event) ? evolveSession(state, event) : evolveLedger(state, event)
}

function evolveLedger(state: State, event: LedgerEvent): State {
  switch (event.type) {
    case 'granted':
    case 'revoked':
    case 'posted':
      return evolveGrants(state, event)
    case 'hooked':
    case 'unhooked':
    case 'forwarded':
      return evolveHooks(state, event)
    case 'formatted':
      return { ...state, format: event.format }
    case 'reposted':
      return state
  }
}
