/** Opens the panel of one's own name. For a guest its label says its purpose, if there is room. */
import { Icon } from './Icon.tsx'

export function AccountButton({ isAccount, onClick }: { readonly isAccount: boolean; readonly onClick: () => void }) {
  const label = isAccount ? 'Your account' : 'Keep this name'
  return (
    <button type="button" className="icon account-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name="person" />
      {isAccount ? null : <span className="account-words">{label}</span>}
    </button>
  )
}
