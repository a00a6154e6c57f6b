import { findCollections } from '../collections.ts'
import { readAll, type ReadableDatabase } from '../connection.ts'
import { findTag, mergingTags, namesOfTag, tagsBeginning } from '../tag-lookup.ts'
import type { Comparison, SearchTerm, TextScope } from './search-query.ts'

/*
 * Terms as expressions of FTS5. All text stands in quotes, so nothing a person types is an operator.
 * Source: https://www.sqlite.org/fts5.html, section 3, and migrations/0004-collections.sql for the marks.
 */

/** Every picture; what a NOT takes away from. */
export const everyPicture = 'marks : "e"'
const noPicture = 'marks : "none"'

const columnsOf: Readonly<Record<TextScope, string>> = {
  any: '{prompt notes tags style}',
  prompt: 'prompt',
  negative_prompt: 'negative_prompt',
  notes: 'notes',
  style: 'style',
  preset: 'preset',
}

/** Tags a beginning stands for at most. */
const tagsOfBeginning = 200
/** Collections a beginning stands for at most. */
const collectionsOfBeginning = 200
const ratings = [0, 1, 2, 3, 4, 5]

const comparisons: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '=': (left, right) => left === right,
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
}

/** A term as an expression of FTS5; null for one the index knows nothing of, and `everyPicture` for one that means nothing. */
export function toFullText(database: ReadableDatabase, term: SearchTerm): string | null {
  switch (term.type) {
    case 'text':
      return textExpression(database, term)
    case 'preset':
      return marks([`q${term.id.replaceAll('-', 'ж')}`])
    case 'tag': {
      const tags = term.prefix
        ? tagsBeginning(database, term.name, tagsOfBeginning)
        : [findTag(database, term.name)]
      return marks(tags.flatMap((tag) => (tag === null ? [] : marksOfTag(database, tag.id))))
    }
    case 'collection': {
      const { name, prefix } = term
      const found = findCollections(database, name, { prefix, limit: collectionsOfBeginning })
      return marks(found.map((id) => `c${id}`))
    }
    case 'symbol': {
      const tag = findTag(database, term.name)
      return tag === null ? everyPicture : marks(marksOfTag(database, tag.id))
    }
    case 'favorite':
      return marks(['f'])
    case 'rating':
      return marks(ratings.filter((stars) => comparisons[term.comparison](stars, term.stars)).map(String))
    case 'unrated':
      return `(${everyPicture} NOT ${marks(ratings.map(String))})`
    case 'size':
      return marks([`${term.width}x${term.height}`])
    case 'side':
      return marks(sides(database, term.comparison, term.pixels))
    case 'shape':
      return marks([term.shape.charAt(0)])
    case 'time':
    case 'seed':
    case 'state':
      return null
  }
}

/** Words, and where they name a tag, its other names as well: "cat" finds "feline" where one is an alias of the other. */
function textExpression(database: ReadableDatabase, term: Extract<SearchTerm, { type: 'text' }>): string {
  const words = `${quote(term.text)}${term.prefix ? ' *' : ''}`
  const tag = term.scope === 'any' && !term.prefix ? findTag(database, term.text) : null
  const names = tag === null ? [] : namesOfTag(database, tag.id).filter((name) => /[\p{L}\p{N}]/u.test(name))
  const texts = `${columnsOf[term.scope]} : (${[words, ...names.map(quote)].join(' OR ')})`
  // By the tag itself as well: the texts of its pictures may still have the name it had.
  return tag === null ? texts : `(${texts}) OR (${marks(marksOfTag(database, tag.id))})`
}

/** The marks of a tag's pictures, those on their way to it among them. */
function marksOfTag(database: ReadableDatabase, id: number): string[] {
  return [id, ...mergingTags(database, id)].map((tag) => `t${tag}`)
}

function marks(anyOf: readonly string[]): string {
  return anyOf.length === 0 ? noPicture : `marks : (${anyOf.map(quote).join(' OR ')})`
}

/** The marks of all longer sides there are that compare so; they are kept in steps of eight. */
function sides(database: ReadableDatabase, comparison: Comparison, pixels: number): string[] {
  const all = readAll<{ pixels: number }>(database, 'SELECT pixels FROM picture_sides ORDER BY pixels')
  return all.filter((side) => comparisons[comparison](side.pixels, pixels)).map((side) => `w${side.pixels}`)
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`
}
