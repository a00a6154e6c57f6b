import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { ReaderThread } from '../../storage/reader-thread.ts'
import { placeOfCursor } from '../../storage/page-cursors.ts'
import type { FoundPage } from '../../storage/search/find-generations.ts'
import type { SearchQuery } from '../../storage/search/search-query.ts'
import type { GenerationViews } from '../generation/generation-views.ts'
import { parseQuery } from './parse-query.ts'

interface SearchParts {
  readonly views: GenerationViews
  /** Finds pictures. */
  readonly finder: ReaderThread
  /** Counts, beside it, so that nobody who searches waits for a count. */
  readonly counter: ReaderThread
}

/** How many ids are asked for at a time where all are wanted. */
const findAllPage = 500

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu

/** Finds pictures by what people type, and counts what there is. */
export class SearchService {
  readonly #parts: SearchParts

  constructor(parts: SearchParts) {
    this.#parts = parts
  }

  async search(input: CheckedInput<'search_history'>): Promise<CapabilityOutput<'search_history'>> {
    const query = queryOf(input)
    const page = await this.#find(query, input)
    const nothing = page.ids.length === 0 && input.cursor === undefined
    return {
      // What went to the bin since it was found is left out.
      generations: this.#parts.views.many(page.ids).filter(({ deleted_at: deleted }) => deleted === null),
      next_cursor: page.next,
      previous_cursor: page.previous,
      did_you_mean: nothing ? await this.#suggest(input, query) : null,
    }
  }

  /** The ids of everything a search finds, newest first, up to a limit. */
  async findAll(text: string, limit: number): Promise<number[]> {
    const query = parseQuery(text)
    const found: number[] = []
    for (let cursor: number | null = null; found.length < limit;) {
      const page: { ids: number[]; next: number | null } = await this.#parts.finder.ask('find_newest', {
        query,
        cursor,
        limit: Math.min(findAllPage, limit - found.length),
      })
      found.push(...page.ids)
      if (page.next === null) break
      cursor = page.next
    }
    return found
  }

  facets(input: CheckedInput<'get_search_facets'>): Promise<CapabilityOutput<'get_search_facets'>> {
    return this.#parts.counter.ask('count_facets', { query: queryOf(input), limit: input.limit })
  }

  async timeline(): Promise<CapabilityOutput<'get_timeline'>> {
    const months = await this.#parts.counter.ask('count_months', {})
    return {
      months: months.map(({ name, count, newest, cursor }) => ({
        month: name,
        count,
        newest: String(newest),
        cursor: String(cursor),
      })),
    }
  }

  async #find(
    query: SearchQuery,
    { cursor, direction, order, limit }: CheckedInput<'search_history'>,
  ): Promise<FoundPage<string>> {
    const [id, offset] = cursor?.split('.').map(placeOfCursor) ?? []
    if (cursor !== undefined && (offset === undefined) !== (order === 'newest')) throw foreignCursor()
    if (order === 'newest') {
      const request = { query, cursor: id ?? null, direction, limit }
      return inText(await this.#parts.finder.ask('find_newest', request), String)
    }
    const ranked = id === undefined || offset === undefined ? null : { newest: id, offset }
    const request = { query, cursor: ranked, direction, limit }
    const page = await this.#parts.finder.ask('find_relevant', request)
    return inText(page, ({ newest, offset: place }) => `${newest}.${place}`)
  }

  /** The query with its unknown words replaced by the nearest known ones; null where that finds nothing either. */
  async #suggest(input: CheckedInput<'search_history'>, query: SearchQuery): Promise<string | null> {
    const text = input.query
    const words = wordsOf(query)
    if (words.length === 0) return null
    const suggestions = new Map(Object.entries(await this.#parts.finder.ask('suggest_spelling', { words })))
    const suggested = text.replaceAll(wordPattern, (word) => suggestions.get(word) ?? word)
    if (suggested === text) return null
    const corrected = queryOf({ ...input, query: suggested })
    const request = { query: corrected, cursor: null, limit: 1 }
    const found = await this.#parts.finder.ask('find_newest', request)
    return found.ids.length === 0 ? null : suggested
  }
}

/** What was typed, and the state that was asked for beside it. */
function queryOf({ query, state }: Pick<CheckedInput<'search_history'>, 'query' | 'state'>): SearchQuery {
  const { groups } = parseQuery(query)
  return {
    groups: state === undefined ? groups : [...groups, [{ term: { type: 'state', state }, negated: false }]],
  }
}

function inText<Cursor>({ ids, next, previous }: FoundPage<Cursor>, write: (cursor: Cursor) => string) {
  const orNull = (cursor: Cursor | null) => (cursor === null ? null : write(cursor))
  return { ids, next: orNull(next), previous: orNull(previous) }
}

/** The words that pictures have to have, as they were typed. */
function wordsOf(query: SearchQuery): string[] {
  const texts = query.groups.flat().map(({ term, negated }) => {
    if (negated || (term.type !== 'text' && term.type !== 'tag') || term.prefix) return ''
    return term.type === 'text' ? term.text : term.name
  })
  return [...new Set(texts.flatMap((text) => text.match(wordPattern) ?? []))]
}

function foreignCursor(): ProductError {
  const message = 'This cursor belongs to another order.'
  return new ProductError('invalid_input', `cursor: ${message}`, {
    details: { fields: [{ field: 'cursor', message }] },
  })
}
