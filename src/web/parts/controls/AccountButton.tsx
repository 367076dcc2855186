/** Opens the panel of one's own name. For a guest its label says its purpose, if there is room. */
export function AccountButton({ isAccount, onClick }: { readonly isAccount: boolean; readonly onClick: () => void }) {
  const label = isAccount ? 'Your account' : 'Keep this name'
  return (
    <button type="button" className="icon account-button" aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="5" r="2.8" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path
          d="M2.8 14c.6-2.9 2.6-4.4 5.2-4.4s4.6 1.5 5.2 4.4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      </svg>
      {isAccount ? null : <span className="account-words">{label}</span>}
    </button>
  )
}
