/** The target of a command, as people type it: `eve`, `@eve`, `eve:`, `10.1.0.0/16`, `2001:db8::/48`. */

/** A member by name, or a network. */
export type TypedWhom = { readonly who: string } | { readonly net: string }

/** Neither a slash nor a colon is in a name. */
const NETWORK = /[/:]|^\d{1,3}(?:\.\d{1,3}){3}$/

/** A name may begin with `@`, and end with the colon that completion puts behind it. */
export const nameOf = (typed: string): string => typed.replace(/^@/, '').replace(/^([^:]+):$/, '$1')

/** `@10.1.2.3` is a name. Null: there is neither. */
export function whomOf(typed: string): TypedWhom | null {
  const who = nameOf(typed)
  if (who === '') return null
  return !typed.startsWith('@') && NETWORK.test(who) ? { net: who } : { who }
}
