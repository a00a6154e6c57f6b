/*
 * The text of a search as the interface works with it: its pieces, where they stand, and what they say to a person. What
 * a search means is for the server to say; here only as much is known as chips and suggestions need.
 */

/** One word, phrase or filter of a query, where it stands in the text. */
export interface QueryPiece {
  /** As it was typed, with its sign and its quotes. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** What stands before the colon, in lower case; empty for words. */
  readonly field: string
  readonly value: string
  readonly negated: boolean
}

const piecePattern = /(?<sign>-?)(?:(?<field>\p{L}+):)?(?:"(?<quoted>[^"]*)"?\*?|(?<bare>[^\s"]*))/uy

/** The words, phrases and filters of a query, in their order. */
export function piecesOf(query: string): QueryPiece[] {
  const pieces: QueryPiece[] = []
  let position = 0
  while (position < query.length) {
    piecePattern.lastIndex = position
    const found = piecePattern.exec(query)
    const text = found?.[0] ?? ''
    if (text !== '') {
      const { sign, field = '', quoted, bare = '' } = found?.groups ?? {}
      pieces.push({
        text,
        start: position,
        end: position + text.length,
        field: field.toLowerCase(),
        value: quoted ?? bare,
        negated: sign === '-',
      })
    }
    position += Math.max(1, text.length)
  }
  return pieces
}

/** The piece that ends where the caret stands, which is the one that is being typed. */
export function pieceAt(query: string, caret: number): QueryPiece | null {
  return piecesOf(query).find(({ start, end }) => start < caret && caret <= end) ?? null
}

/** A filter as it is typed, in quotes where its value has spaces. */
export function filterText(field: string, value: string): string {
  const plain = value.replaceAll('"', '')
  return /\s/u.test(plain) ? `${field}:"${plain}"` : `${field}:${plain}`
}

/** Whether a query has exactly this piece. */
export function hasPiece(query: string, text: string): boolean {
  return piecesOf(query).some((piece) => piece.text.toLowerCase() === text.toLowerCase())
}

/** The query without a piece. */
export function withoutPiece(query: string, { start, end }: Pick<QueryPiece, 'start' | 'end'>): string {
  return `${query.slice(0, start).trimEnd()} ${query.slice(end).trimStart()}`.trim()
}

/** The query with a piece more. */
export function withPiece(query: string, text: string): string {
  return `${query.trimEnd()} ${text}`.trim()
}

/** Puts a piece in, or takes it out where it is there already. */
export function togglePiece(query: string, text: string): string {
  const there = piecesOf(query).find((piece) => piece.text.toLowerCase() === text.toLowerCase())
  return there === undefined ? withPiece(query, text) : withoutPiece(query, there)
}

/** Lets a filter have one value: puts it in the place of every other one of its field, or takes it out where it has it. */
export function chooseFilter(query: string, field: string, value: string): string {
  const wanted = filterText(field, value)
  if (hasPiece(query, wanted)) return togglePiece(query, wanted)
  const others = piecesOf(query).filter((piece) => piece.field === field)
  return withPiece(
    others.reduceRight((text, piece) => withoutPiece(text, piece), query),
    wanted,
  )
}

/** What a filter says, in words; null for words and for what makes no sense as a filter. */
export function filterInWords({ field, value, negated }: QueryPiece): string | null {
  const words = wordsOf(field, value.trim())
  if (words === null) return null
  return negated ? `Not: ${words}` : words
}

const comparisons: Readonly<Record<string, (amount: string) => string>> = {
  '>=': (amount) => `${amount} or more`,
  '<=': (amount) => `${amount} or less`,
  '>': (amount) => `above ${amount}`,
  '<': (amount) => `below ${amount}`,
}
const yes = ['', 'yes', 'true', '1']
const named: Readonly<Record<string, string>> = {
  tag: 'Tag',
  collection: 'Collection',
  preset: 'Preset',
  style: 'Style',
  prompt: 'In the prompt',
  negative: 'In the negative prompt',
  notes: 'In the notes',
  seed: 'Seed',
  state: 'State',
  before: 'Before',
  after: 'From',
}

function wordsOf(field: string, value: string): string | null {
  if (field === 'favorite' || field === 'favourite') return yes.includes(value) ? 'Favorites' : 'No favorites'
  if (value === '') return null
  if (field === 'rating') return value === 'none' ? 'Not rated' : measureInWords('Rated', value)
  if (field === 'size')
    return /^(?:landscape|portrait|square)$/i.test(value)
      ? `${value.charAt(0).toUpperCase()}${value.slice(1).toLowerCase()}`
      : measureInWords('Size', value)
  const name = Object.hasOwn(named, field) ? named[field] : undefined
  return name === undefined ? null : `${name}: ${value}`
}

function measureInWords(name: string, value: string): string {
  const { comparison = '', amount = value } =
    /^(?<comparison>[<>]=?|=)?(?<amount>.+)$/.exec(value)?.groups ?? {}
  return `${name} ${comparisons[comparison]?.(amount) ?? amount}`
}
