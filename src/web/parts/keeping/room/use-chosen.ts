/** The shown value of a setting: the chosen one, until the server has set it or refused to. */
import { useEffect, useState } from 'react'

export function useChosen<T>(
  value: T,
  onSet: (next: T) => Promise<boolean>,
): readonly [shown: T, choose: (next: T) => void] {
  const [chosen, set] = useState<{ readonly value: T } | null>(null)
  useEffect(() => {
    if (chosen?.value === value) set(null)
  }, [chosen, value])
  function choose(next: T): void {
    set({ value: next })
    void onSet(next).then(isDone => isDone || set(null))
  }
  return [chosen ? chosen.value : value, choose]
}
