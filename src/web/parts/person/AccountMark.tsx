/** A small mark beside the name of an account: nobody else can have this name. */
export function AccountMark() {
  return (
    <span className="account-mark" title="This name is an account: it is nobody else's.">
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        <circle cx="3.6" cy="6" r="2.3" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d="M5.9 6h5.2M9.2 6v2.1" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
      </svg>
      <span className="unseen"> (account)</span>
    </span>
  )
}
