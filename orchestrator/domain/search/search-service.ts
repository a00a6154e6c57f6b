import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { ReaderThread } from '../../storage/reader-thread.ts'
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
    const query = parseQuery(input.query)
    const page = await this.#find(query, input)
    const nothing = page.ids.length === 0 && input.cursor === undefined
    return {
      // What went to the bin since it was found is left out.
      generations: this.#parts.views.many(page.ids).filter(({ deleted_at: deleted }) => deleted === null),
      next_cursor: page.next,
      did_you_mean: nothing ? await this.#suggest(input.query, query) : null,
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

  facets({
    query,
    limit,
  }: CheckedInput<'get_search_facets'>): Promise<CapabilityOutput<'get_search_facets'>> {
    return this.#parts.counter.ask('count_facets', { query: parseQuery(query), limit })
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
    { cursor, order, limit }: CheckedInput<'search_history'>,
  ): Promise<{ ids: number[]; next: string | null }> {
    const [id, offset] = cursor?.split('.').map(Number) ?? []
    if (cursor !== undefined && (offset === undefined) !== (order === 'newest')) throw foreignCursor()
    if (order === 'newest') {
      const { ids, next } = await this.#parts.finder.ask('find_newest', { query, cursor: id ?? null, limit })
      return { ids, next: next === null ? null : String(next) }
    }
    const ranked = id === undefined || offset === undefined ? null : { newest: id, offset }
    const { ids, next } = await this.#parts.finder.ask('find_relevant', { query, cursor: ranked, limit })
    return { ids, next: next === null ? null : `${next.newest}.${next.offset}` }
  }

  /** The query with its unknown words replaced by the nearest known ones; null where that finds nothing either. */
  async #suggest(text: string, query: SearchQuery): Promise<string | null> {
    const words = wordsOf(query)
    if (words.length === 0) return null
    const suggestions = new Map(Object.entries(await this.#parts.finder.ask('suggest_spelling', { words })))
    const suggested = text.replaceAll(wordPattern, (word) => suggestions.get(word) ?? word)
    if (suggested === text) return null
    const request = { query: parseQuery(suggested), cursor: null, limit: 1 }
    const found = await this.#parts.finder.ask('find_newest', request)
    return found.ids.length === 0 ? null : suggested
  }
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
