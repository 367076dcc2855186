/** The name in a form without a field for it, so that a password manager stores the password under it. */
export function Username({ name }: { readonly name: string }) {
  return (
    <input
      className="unseen"
      type="text"
      autoComplete="username"
      value={name}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  )
}
