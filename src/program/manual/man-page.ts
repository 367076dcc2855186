/** A manual as a man page, with the macros of man(7), which groff and mandoc both read. */
import { type Flag, type Flags, QUESTIONS } from '../config/arguments.ts'
import { wrapped } from './line-wrap.ts'
import type { Manual, Section } from './manual.ts'

/** `keys` are the flags that are also keys of the configuration file; `also` are related pages. */
export function manPage(manual: Manual, version: string, keys: readonly string[], also: readonly string[]): string {
  const { name, about, examples, words, flags, commands = [], sections, exits, files = [], more } = manual
  const lines = [
    '.\\" Made from the tables of the program by `npm run manual`; do not edit.',
    `.TH ${name.toUpperCase().replaceAll('-', '\\-')} 1 "" "rxchat ${version}" "rxchat"`,
    '.nh',
    '.ad l',
    '.SH NAME',
    ...wrapped(`${plain(name)} \\- ${plain(phrase(about))}`, ''),
    '.SH SYNOPSIS',
    ...synopsis(manual),
    '.SH DESCRIPTION',
    ...text(about),
    ...(words ? ['.PP', ...text(words.text)] : []),
    '.SH OPTIONS',
    ...options(flags, keys),
    ...(commands.length > 0 ? ['.SH COMMANDS', ...commands.flatMap(command)] : []),
    ...sections.flatMap(section),
    '.SH EXIT STATUS',
    ...exits.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, ...text(meaning)]),
    ...(files.length > 0 ? ['.SH FILES', ...files.flatMap(file)] : []),
    '.SH EXAMPLES',
    ...examples.flatMap(example).slice(1),
    '.SH SEE ALSO',
    ...also.map(page => `.BR ${plain(page)} (1)`),
    '.PP',
    ...text(`${more} These documents come with the package.`),
  ]
  return `${lines.join('\n')}\n`
}

const synopsis = ({ name, usage }: Manual): readonly string[] =>
  usage.flatMap((line, at) => [...(at === 0 ? [] : ['.br']), `.B ${plain(name)}`, plain(line)])

function options(flags: Flags<string>, keys: readonly string[]): readonly string[] {
  return Object.entries<Flag>({ ...flags, ...QUESTIONS }).flatMap(
    ([name, { short, value, help, otherwise, variable }]) => {
      const spelled = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map(one => `\\fB${plain(one)}\\fR`)
      const places = [
        ...(variable === undefined ? [] : [variable]),
        ...(keys.includes(name) ? [`${name} in the file`] : []),
      ]
      return [
        '.TP',
        `${spelled.join(', ')}${value === undefined ? '' : ` \\fI${plain(value)}\\fR`}`,
        ...text(`${capital(help)}.`),
        ...(!otherwise ? [] : text(`Default: ${otherwise}.`)),
        ...(places.length === 0 ? [] : text(`Also ${places.join(', and ')}.`)),
      ]
    },
  )
}

const command = (manual: Manual): readonly string[] => [
  '.SS',
  `${plain(manual.name)}`,
  ...synopsis(manual),
  '.PP',
  ...text([manual.about, ...(manual.words ? [manual.words.text] : []), manual.more].join(' ')),
  ...options(manual.flags, []),
  ...manual.sections.flatMap(one => ['.PP', ...text(one.text)]),
]

const section = (one: Section): readonly string[] => [
  `.SH ${plain(one.title.toUpperCase())}`,
  ...one.text.split('\n\n').flatMap((paragraph, at) => [...(at === 0 ? [] : ['.PP']), ...text(paragraph)]),
]

const file = ([path, what]: readonly [string, string]): readonly string[] => ['.TP', `.I ${plain(path)}`, ...text(what)]

const example = ([run, what]: readonly [string, string]): readonly string[] => [
  '.PP',
  ...(what === '' ? [] : [...text(`${capital(what)}:`)]),
  '.RS 4',
  '.nf',
  plain(run),
  '.fi',
  '.RE',
]

/** Each sentence on its own lines, so that a diff shows it as one change. */
const text = (given: string): readonly string[] =>
  given
    .trim()
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[.:;]) (?=[A-Z$])/)
    .flatMap(sentence => wrapped(plain(sentence), ''))

const phrase = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** Escapes text, so that nothing in it is a request or an escape, and hyphens can be copied. */
const plain = (given: string): string =>
  given.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq').replace(/^\./, '\\&.')
