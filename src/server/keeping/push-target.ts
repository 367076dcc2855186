/** The endpoint of a subscription, as the text beside its input. Anybody could have written to the journal's file. */
import type { PushTarget } from '../../port/push-sender.ts'

/** Null: it's none. The sender checks the values of the fields. */
export function readTarget(text: string): PushTarget | null {
  try {
    const { endpoint, p256dh, auth, site } = JSON.parse(text) as Readonly<Record<keyof PushTarget, unknown>>
    const isWhole = [endpoint, p256dh, auth, site ?? ''].every(field => typeof field === 'string')
    return isWhole ? ({ endpoint, p256dh, auth, site } as PushTarget) : null
  } catch {
    return null
  }
}
