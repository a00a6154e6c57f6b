import type {
  SearchAlternative,
  SearchQuery,
  SearchTerm,
  TextScope,
} from '../../storage/search/search-query.ts'
import { isFilter, readFilter } from './read-filter.ts'
import { splitQuery, type QueryPiece } from './split-query.ts'

/** What stands before a colon to look for words in one kind of text. */
const scopes: Readonly<Record<string, TextScope>> = {
  prompt: 'prompt',
  negative: 'negative_prompt',
  notes: 'notes',
  style: 'style',
  preset: 'preset',
}

/** What stands before a colon to look for something by its own name. */
const named: Readonly<Record<string, 'tag' | 'collection'>> = { tag: 'tag', collection: 'collection' }

/** What a word is made of, to the index as well. */
const wordCharacter = /[\p{L}\p{N}]/u
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u

/** Scripts that put no space between words: what is typed is rarely a whole one. */
const unspaced =
  /\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Thai}|\p{sc=Lao}|\p{sc=Khmer}|\p{sc=Myanmar}/u

/**
 * Reads the search language of MystiCanvas. Everything a person can type means something:
 *
 *   red boat            both words, in prompt, notes, tags or style
 *   "red boat"          side by side
 *   light*              words that begin so
 *   -fog, NOT fog       without it
 *   sea OR lake         one of them
 *   tag:cat             a tag, by name or alias; tag:"old town", tag:cat*
 *   collection:holiday, collection:"old town"    what lies in a collection
 *   prompt: negative: notes: style: preset:    words in one kind of text
 *   rating:5 rating:>=4 rating:none favorite: favorite:no
 *   size:512x768 size:>=1024 (longer side) size:landscape, portrait or square
 *   before:2026 after:2026-11 after:2026-11-22    by the clock of this machine; `after` includes the day it names
 *   seed:42 state:failed
 *
 * A field nobody knows is a word, and so is a value that makes no sense. Without any word it finds everything.
 */
export function parseQuery(query: string): SearchQuery {
  const groups = splitQuery(query).map((pieces) =>
    pieces.map(readPiece).filter((alternative) => alternative !== null),
  )
  return { groups: groups.filter((alternatives) => alternatives.length > 0) }
}

function readPiece(piece: QueryPiece): SearchAlternative | null {
  const { field } = piece
  if (isFilter(field)) {
    // The asterisk may be the multiplication sign of a size.
    const filter = readFilter(field, piece.text)
    if (filter !== null) return { ...filter, negated: filter.negated !== piece.negated }
  }
  const term = readTerm(piece)
  return term === null ? null : { term, negated: piece.negated }
}

function readTerm({ field, text, prefix }: QueryPiece): SearchTerm | null {
  const value = text.trim()
  // Whoever is still typing a filter is not looking for its name.
  if (value === '' && (isFilter(field) || Object.hasOwn(named, field) || Object.hasOwn(scopes, field)))
    return null
  const type = Object.hasOwn(named, field) ? named[field] : undefined
  if (type !== undefined) return { type, name: value, prefix }
  const scope = Object.hasOwn(scopes, field) ? scopes[field] : undefined
  if (scope !== undefined) return words(value, scope, prefix)
  return words(field === '' ? value : `${field}:${value}`, 'any', prefix)
}

function words(text: string, scope: TextScope, prefix: boolean): SearchTerm | null {
  if (wordCharacter.test(text)) {
    // One letter begins half of all words.
    const isBeginning = unspaced.test(text) || (prefix && text.length > 1)
    return { type: 'text', text, scope, prefix: isBeginning }
  }
  return scope === 'any' && emoji.test(text) ? { type: 'symbol', name: text } : null
}
