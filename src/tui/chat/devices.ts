/** The keys of the list of devices: arrows select one, Del and then Enter revoke it. Pure. */
import type { Devices } from '../../client/chat/state.ts'

/** `revoking`: the user is being asked to confirm. */
export type SelectedDevice = { readonly index: number; readonly revoking: boolean }

export const firstDevice: SelectedDevice = { index: 0, revoking: false }

type DevicePressed = { readonly at: SelectedDevice; readonly revoke?: string; readonly closes?: true }

/** The list may have become shorter. */
export const within = ({ credentials }: Devices, at: SelectedDevice): SelectedDevice =>
  at.index < credentials.length ? at : { index: Math.max(0, credentials.length - 1), revoking: false }

/** Null: the key is for something else. */
export function pressDevice(devices: Devices, before: SelectedDevice, key: string): DevicePressed | null {
  const { credentials } = devices
  const at = within(devices, before)
  const to = (index: number): DevicePressed => ({
    at: { index: Math.max(0, Math.min(index, credentials.length - 1)), revoking: false },
  })
  switch (key) {
    case 'up':
    case 'wheelup':
      return to(at.index - 1)
    case 'down':
    case 'wheeldown':
      return to(at.index + 1)
    case 'home':
      return to(0)
    case 'end':
      return to(credentials.length)
    case 'delete':
    case 'backspace':
      return { at: { ...at, revoking: credentials[at.index] !== undefined } }
    case 'enter': {
      const id = credentials[at.index]?.id
      return at.revoking && id !== undefined ? { at: { ...at, revoking: false }, revoke: id } : { at }
    }
    case 'escape':
      return at.revoking ? { at: { ...at, revoking: false } } : { at, closes: true }
    default:
      return null
  }
}
