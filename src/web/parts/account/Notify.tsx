/** The switch for notifications of this device while nobody looks at the page, and their content. */
import { useEffect, useState } from 'react'
import type { Devices } from '../../../client/chat/state.ts'
import type { Client } from '../../../client/session/connection.ts'
import { keptPush } from '../../browser/kept-push.ts'
import { idOf, subscribed, whyNoPush } from '../../browser/push.ts'
import { turnOff, turnOn } from '../../visit/push-acts.ts'
import { Outcome } from './Outcome.tsx'
import { useAct } from './use-act.ts'

type Props = {
  readonly client: Client
  /** The id of the member. */
  readonly account: string
  readonly push: NonNullable<Devices['push']>
}

export function Notify({ client, account, push }: Props) {
  const [isOn, turn] = useState<boolean | null>(null)
  const [hasText, setText] = useState(keptPush()?.preview ?? false)
  const act = useAct()
  useEffect(() => {
    const look = async (): Promise<void> => {
      const subscription = await subscribed()
      turn(subscription !== null && push.devices.includes(await idOf(subscription.endpoint)))
    }
    void look()
  }, [push.devices])

  const whyNot = whyNoPush()
  const on = (preview: boolean, done: string): Promise<boolean> =>
    act.run(() => turnOn(client, account, push.key, preview), done)

  /** The box shows the wanted state at once, and goes back if that fails. */
  async function change(wanted: boolean): Promise<void> {
    turn(wanted)
    const isDone = wanted
      ? await on(hasText, 'This device is notified from now on.')
      : await act.run(() => turnOff(client), 'This device is not notified any more.')
    if (!isDone) turn(!wanted)
  }

  async function changeText(preview: boolean): Promise<void> {
    setText(preview)
    const isDone = await on(preview, preview ? 'Notifications show the text.' : 'Notifications show no text.')
    if (!isDone) setText(!preview)
  }

  return (
    <>
      <h3>Notifications on this device</h3>
      {whyNot === null ? (
        <>
          <label className="check notify">
            <input
              type="checkbox"
              checked={isOn === true}
              disabled={isOn === null || act.isBusy}
              onChange={({ currentTarget }) => void change(currentTarget.checked)}
            />
            Notify this device when I’m away
          </label>
          <p className="quiet small">
            About messages to you and mentions of you that you haven’t read anywhere. They come through the push service
            of this browser, encrypted, and say where something is new.
          </p>
          {isOn ? (
            <label className="check notify">
              <input
                type="checkbox"
                checked={hasText}
                disabled={act.isBusy}
                onChange={({ currentTarget }) => void changeText(currentTarget.checked)}
              />
              Show what was written, too
            </label>
          ) : null}
          {act.why === null ? null : (
            <p className="wrong" role="alert">
              {act.why}
            </p>
          )}
          <Outcome act={act} />
        </>
      ) : (
        <p className="quiet small">{whyNot}</p>
      )}
    </>
  )
}
