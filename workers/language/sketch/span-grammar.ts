import type { ArgumentKind, KnownTool } from './known-tools.ts'
import { numbersIn } from './number-words.ts'

/** A piece of what was said: a word, or signs between words. */
interface Piece {
  /** As it stands there, with the space before it. */
  readonly text: string
  /** Whether a run of words may begin here. */
  readonly begins: boolean
}

/** Signs that stand before a word without belonging to what is meant. */
const opening = /^\s?["'“”‘’«»([{<*_~`:/,;.!?-]+$/u

/**
 * A grammar under which nothing but the arguments of a call of this tool, after their brace, can be written, and every text in them is a run of
 * the person's own words: the model can choose wrongly, but not invent. Its size grows with the number of words.
 *
 * Source of the notation: grammars/README.md of llama.cpp (GBNF).
 *
 * @param say what the person said, see `normaliseWords`
 */
export function writeArgumentsGrammar(tool: KnownTool, say: string): string {
  const pieces = splitPieces(say)
  const numbers = numbersIn(say)
  const known = tool.arguments.filter(({ kind }) => isPossible(kind, pieces, numbers))
  const rules = [`root ::= a0 ${literal('}}')}`]
  // Each argument at most once and in order: `a<n>` begins the list with argument n or a later one, `m<n>` goes on with it.
  for (const [index, { name, kind }] of known.entries()) {
    const one = `${literal(`"${name}": `)} ${kind} m${index + 1}`
    rules.push(`a${index} ::= ${one} | a${index + 1}`)
    rules.push(`m${index} ::= ${literal(', ')} ${one} | m${index + 1}`)
  }
  rules.push(`a${known.length} ::= ""`, `m${known.length} ::= ""`)
  rules.push('aspect ::= "\\"" " "? ("portrait" | "landscape" | "square") "\\""', 'count ::= [1-4]')
  if (numbers.length > 0) rules.push(`digits ::= "\\"" " "? (${numbers.map(literal).join(' | ')}) "\\""`)
  return [...rules, ...spanRules(pieces)].join('\n')
}

/** The words of a text as the model reads them: one space between two, and nothing that cannot stand in a text. */
export function normaliseWords(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

function isPossible(kind: ArgumentKind, pieces: readonly Piece[], numbers: readonly string[]): boolean {
  if (kind === 'span') return pieces.some(({ begins }) => begins)
  return kind !== 'digits' || numbers.length > 0
}

/** Words keep their apostrophes and hyphens; everything else that is no space stands for itself, in runs. */
function splitPieces(say: string): Piece[] {
  const found = ` ${say}`.match(
    /\s?(?:[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}'’-]*[\p{L}\p{N}\p{M}])?|[^\s\p{L}\p{N}\p{M}]+)/gu,
  )
  return (found ?? []).map((text) => ({ text, begins: !opening.test(text) }))
}

/** `b<n>` is a run that begins with piece n, `c<n>` one that goes on with it. Every run begins with a space: so it was taught. */
function spanRules(pieces: readonly Piece[]): string[] {
  const starts = pieces.flatMap(({ begins }, index) => (begins ? [`b${index}`] : []))
  if (starts.length === 0) return []
  const rules = ['span ::= "\\"" run "\\""', `run ::= ${starts.join(' | ')}`]
  for (const [index, { text, begins }] of pieces.entries()) {
    const more = index + 1 < pieces.length ? ` c${index + 1}?` : ''
    if (begins) rules.push(`b${index} ::= ${written(` ${text.trimStart()}`)}${more}`)
    if (index > 0) rules.push(`c${index} ::= ${written(text)}${more}`)
  }
  return rules
}

/** A piece of text as it stands in JSON. */
function written(text: string): string {
  return literal(JSON.stringify(text).slice(1, -1))
}

function literal(text: string): string {
  return JSON.stringify(text)
}
