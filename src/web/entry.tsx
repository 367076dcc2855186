/** The page's composition root: connects the ports of a browser with the client that the terminal uses too. */
import { createRoot } from 'preact/compat/client'
import type { ClientPorts } from '../client/session/connection.ts'
import { browserClock } from './browser/clock.ts'
import { websocketDialer } from './browser/dial-websocket.ts'
import { stayWhenDropped } from './browser/dropped-files.ts'
import { followSettings } from './browser/follow-settings.ts'
import { takeInvite } from './browser/invite.ts'
import { takeSession } from './browser/keep.ts'
import { prove } from './browser/passkey.ts'
import { registerWorker } from './browser/service-worker.ts'
import { Page } from './parts/Page.tsx'
import 'virtual:theme.css'
import './style/base.css'
import './style/form.css'
import './style/frame.css'
import './style/messages.css'
import './style/text.css'
import './style/composer.css'
import './style/panels.css'
import './style/contrast.css'

const SECRET_BYTES = 24

const ports: ClientPorts = {
  dial: websocketDialer(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`),
  clock: browserClock,
  random: Math.random,
  secret: () =>
    [...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))].map(byte => byte.toString(16).padStart(2, '0')).join(''),
  prove,
}

// First of all, so that the address bar doesn't go on showing the token of an invite.
const invite = takeInvite()
followSettings()
stayWhenDropped()
const root = document.getElementById('page')
const remembered = await takeSession()
if (root) createRoot(root).render(<Page ports={ports} remembered={remembered} invite={invite} />)
registerWorker()
