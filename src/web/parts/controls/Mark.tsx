/** The mark of rxchat: a prompt. */
export function Mark() {
  return (
    <span className="mark-sign" aria-hidden="true">
      &gt;
    </span>
  )
}
