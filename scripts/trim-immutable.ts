/**
 * Leaves out of Immutable what the page never calls. The library defines its methods by assignments, which no bundler
 * can prove unused: they were a seventh of all that a visit loads. test/web/trimmed.test.ts finds calls of what is gone.
 */
import type { Plugin } from 'vite'

/** Methods that neither the page nor the methods that stay call. */
export const UNUSED: ReadonlySet<string> = new Set([
  ...['toJS', 'toStack', 'toOrderedSet', 'toSource', 'inspect', 'chain', 'shuffle'],
  ...['getIn', 'hasIn', 'setIn', 'removeIn', 'deleteIn', 'updateIn'],
  ...['mergeIn', 'mergeWith', 'mergeDeep', 'mergeDeepWith', 'mergeDeepIn', 'removeAll', 'isSuperset'],
  ...['countBy', 'groupBy', 'partition', 'interpose', 'interleave', 'zip', 'zipAll', 'zipWith'],
  ...['rest', 'butLast', 'skipLast', 'skipUntil', 'takeLast', 'takeUntil', 'findLastKey', 'reduceRight', 'mapKeys'],
  ...['@@transducer/init', '@@transducer/step', '@@transducer/result'],
])

/** Classes that the page has no instance of. */
const CLASSES = /^(Stack|Record)(Prototype)?$/

// biome-ignore lint/suspicious/noExplicitAny: an ESTree node
type Node = any

export const trimImmutable: Plugin = {
  name: 'trim-immutable',
  transform(code, id) {
    if (!/immutable\/dist\/immutable\.es\.js$/.test(id)) return null
    const { body } = this.parse(code)
    return { code: body.map((statement: Node) => trimmed(statement, code)).join('\n'), map: null }
  },
}

function trimmed(statement: Node, code: string): string {
  const text = (node: Node): string => code.slice(node.start, node.end)
  const { expression } = statement
  if (statement.type !== 'ExpressionStatement') return text(statement)
  if (expression.type === 'AssignmentExpression') return isUnused(expression) ? '' : text(statement)
  if (expression.type !== 'CallExpression' || expression.callee.name !== 'mixin') return text(statement)
  const [target, methods] = expression.arguments
  if (CLASSES.test(target.name)) return ''
  if (methods.type !== 'ObjectExpression') return text(statement)
  const left = methods.properties.filter(({ key }: Node) => !UNUSED.has(nameOf(key)))
  return `mixin(${target.name}, {${left.map(text).join(',')}})`
}

/** `A.prototype.b = A.prototype.c = …`: all names are of what goes. */
function isUnused({ left, right }: Node): boolean {
  if (left.type !== 'MemberExpression') return false
  const owner = left.object.type === 'MemberExpression' ? left.object.object : left.object
  if (!CLASSES.test(owner.name ?? '') && !UNUSED.has(nameOf(left.property))) return false
  return right.type === 'AssignmentExpression' ? isUnused(right) : true
}

const nameOf = (key: Node): string => key.name ?? key.value ?? ''
