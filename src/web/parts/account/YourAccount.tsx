/** An account's own view: its devices, its password, the way out. */
import { useEffect, useRef, useState } from 'react'
import type { Devices } from '../../../client/chat/state.ts'
import type { Client } from '../../../client/session/connection.ts'
import type { View } from '../../../client/session/view.ts'
import { noPasskeys } from '../../browser/passkey.ts'
import { usePicture } from '../../text/use-pictures.ts'
import type { AccountActs } from '../../visit/account.ts'
import { SureButton } from '../controls/SureButton.tsx'
import { Trouble } from '../controls/Trouble.tsx'
import { Name } from '../person/Name.tsx'
import { ChangeName } from './ChangeName.tsx'
import { ChangePassword } from './ChangePassword.tsx'
import { DeviceList } from './DeviceList.tsx'
import { Notify } from './Notify.tsx'
import { Outcome } from './Outcome.tsx'
import { PictureForm } from './picture/PictureForm.tsx'
import { useAct } from './use-act.ts'

type Props = { readonly view: View; readonly acts: AccountActs; readonly client: Client }

export function YourAccount({ view, acts, client }: Props) {
  const [devices, set] = useState<Devices | string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const act = useAct()
  useEffect(() => {
    const load = async (): Promise<void> => set(await acts.devices())
    void load()
    const watching = acts.changed$.subscribe(() => void load())
    return () => watching.unsubscribe()
  }, [acts])
  const whyNone = noPasskeys()
  const hasPicture = usePicture(view.name) !== null

  const credentials = typeof devices === 'string' ? [] : (devices?.credentials ?? [])
  const isKept = credentials.some(({ current, kind }) => current === true && kind === 'kept')
  return (
    <>
      <p>
        <Name name={view.name} /> is yours alone on this server.
      </p>
      <PictureForm name={view.name} hasOne={hasPicture} onPicture={acts.picture} />
      <ChangeName name={view.name} onRename={acts.rename} />
      <h3 ref={heading} tabIndex={-1}>
        Devices and sign-ins
      </h3>
      {devices === null ? <p className="quiet">Asking the server…</p> : null}
      {typeof devices === 'string' ? <p className="wrong">{devices}</p> : null}
      <DeviceList
        credentials={credentials}
        onRevoke={({ id, label }) =>
          // The button that had the focus is gone.
          void act.run(() => acts.revoke(id), `${label} is revoked.`).then(() => heading.current?.focus())
        }
      />
      {act.why === null ? null : <Trouble message={act.why} onClose={act.calm} />}
      <div className="buttons">
        {whyNone === null ? (
          <button
            type="button"
            disabled={act.isBusy}
            onClick={() => void act.run(acts.addPasskey, 'The passkey is added.')}
          >
            Add a passkey
          </button>
        ) : null}
        {devices !== null && !isKept ? (
          <button
            type="button"
            disabled={act.isBusy}
            onClick={() => void act.run(() => acts.keep(view.name), 'You stay signed in on this device.')}
          >
            Keep me signed in here
          </button>
        ) : null}
      </div>
      {whyNone === null ? null : <p className="quiet small">{whyNone}</p>}
      <Outcome act={act} />
      <ChangePassword
        name={view.name}
        hasOne={credentials.some(({ kind }) => kind === 'password')}
        onChange={(old, next) => acts.changePassword(old, next)}
      />
      {typeof devices === 'object' && devices?.push ? (
        <Notify client={client} account={view.member} push={devices.push} />
      ) : null}
      <h3>Sign out</h3>
      <div className="buttons">
        <button type="button" onClick={() => void act.run(() => acts.signOut(false), '')}>
          Sign out
        </button>
        <SureButton
          label="Sign out everywhere"
          question="Sign out on all devices?"
          className=""
          onSure={() => void act.run(() => acts.signOut(true), '')}
        />
      </div>
    </>
  )
}
