/** evolve: the state after an event. Total. It relies on the checks of decide. */
import { type Event, isOfSession, isPublic, type LedgerEvent } from '../model/event.ts'
import type { State } from '../model/state.ts'
import { evolveCredentials } from './accounts/credentials.ts'
import { evolveErased, evolveRemoved, withAccountNamed } from './accounts/hosting.ts'
import { evolveInvites } from './accounts/invites.ts'
import { evolvePushes } from './accounts/pushes.ts'
import { evolveAccountAdded } from './accounts/registering.ts'
import { evolveCursors } from './cursors/turns.ts'
import { evolvePublic } from './evolve-public.ts'
import { evolveSession } from './evolve-session.ts'
import { withFormat } from './format.ts'
import { evolveFilters } from './keeping/messages/filters.ts'
import { evolveHeld } from './keeping/messages/holding.ts'
import { evolvePurges } from './keeping/messages/purging.ts'
import { evolveAdministered } from './keeping/rooms/granting.ts'
import { evolveModes } from './keeping/rooms/modes.ts'
import { evolveSanctions } from './keeping/sanctions/under.ts'
import { evolveLives } from './lives/growing.ts'
import { evolveEdits } from './messages/editing.ts'
import { evolveFiles } from './messages/files.ts'
import { withoutLabels } from './questions/open.ts'
import { evolveFounders } from './rules/founding.ts'
import { evolveGrants } from './rules/grants.ts'
import { evolveHooks } from './rules/hooks.ts'
import { evolveNodes } from './rules/nodes.ts'

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
    case 'rotated':
      return evolveHooks(state, event)
    case 'formatted':
      return withFormat(state, event.format)
    case 'node-started':
    case 'node-ended':
      return evolveNodes(state, event)
    case 'credentialed':
    case 'withdrawn':
    case 'rehashed':
      return evolveCredentials(state, event)
    case 'subscribed':
    case 'unsubscribed':
    case 'push-carried':
      return evolvePushes(state, event)
    case 'account-added':
      return evolveAccountAdded(state, event)
    case 'account-renamed':
      return withAccountNamed(state, event.account, event.name)
    case 'account-kept':
      return { ...state, fresh: state.fresh.delete(event.account) }
    case 'account-removed':
      return evolveRemoved(state, event)
    case 'account-erased':
      return evolveErased(state, event)
    case 'invited':
    case 'uninvited':
    case 'invite-used':
      return evolveInvites(state, event)
    case 'founded':
    case 'unfounded':
      return evolveFounders(state, event)
    case 'restricted':
    case 'lifted':
    case 'carried':
      return evolveSanctions(state, event)
    case 'administered':
      return evolveAdministered(state, event)
    case 'keyed':
    case 'admitted':
      return evolveModes(state, event)
    case 'filtered':
    case 'unfiltered':
      return evolveFilters(state, event)
    case 'purging':
    case 'purged':
      return evolvePurges(state, event)
    case 'unheld':
      return evolveHeld(state, event)
    case 'unneeded':
      return { ...state, obsolete: state.obsolete.add(event.target) }
    case 'spent':
      return { ...state, obsolete: event.targets.reduce((left, target) => left.delete(target), state.obsolete) }
    case 'editing':
    case 'edit-dropped':
      return evolveEdits(state, event)
    case 'uploaded':
    case 'unstored':
    case 'files-erased':
      return evolveFiles(state, event)
    case 'question-forgotten':
      return withoutLabels(state, event.question)
    case 'cursored':
    case 'uncursored':
      return evolveCursors(state, event)
    case 'grew':
      return evolveLives(state, event)
    case 'reposted':
      return state
  }
}
