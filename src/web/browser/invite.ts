/**
 * Takes the token of an invite out of the address at once, so that neither a copied address nor the browser's history
 * has it. The page keeps it in memory alone.
 */
import { type Invite, inviteIn, withoutToken } from '../text/invite-link.ts'

export function takeInvite(): Invite | null {
  const invite = inviteIn(location.hash)
  if (invite) history.replaceState(history.state, '', withoutToken(invite, location.pathname))
  return invite
}
