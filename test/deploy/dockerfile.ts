/** A Dockerfile, read: its stages, each with its instructions in order. As much of the format as ours uses. */

export type Instruction = { readonly name: string; readonly flags: ReadonlyMap<string, string>; readonly rest: string }
export type Stage = { readonly base: string; readonly name: string; readonly instructions: readonly Instruction[] }

export function readDockerfile(text: string): readonly Stage[] {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter(line => line.trim() !== '')
  const stages: { base: string; name: string; instructions: Instruction[] }[] = []
  for (const line of lines) {
    const one = readInstruction(line)
    if (one.name === 'FROM') {
      const [base = '', , name = `${stages.length}`] = one.rest.split(/\s+/)
      stages.push({ base, name, instructions: [] })
    } else stages.at(-1)?.instructions.push(one)
  }
  return stages
}

function readInstruction(line: string): Instruction {
  const [, name = '', after = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
  const flags = new Map<string, string>()
  const rest = after.replaceAll(/^(?:--[\w-]+=\S+\s+)+/g, all => {
    for (const [, flag = '', value = ''] of all.matchAll(/--([\w-]+)=(\S+)/g)) flags.set(flag, value)
    return ''
  })
  return { name, flags, rest: rest.trim() }
}

/** `A=1 B=2` of an ENV. */
export const variablesOf = (rest: string): readonly (readonly [string, string])[] =>
  rest.split(/\s+/).map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
