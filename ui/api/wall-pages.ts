import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { Invoke } from '../../contracts/capabilities/index.ts'
import { searchQueryLimit } from '../../contracts/capabilities/search.ts'
import type { GenerationPage } from './generation-pages.ts'
import { collectionOf, type GalleryScope } from './gallery-scope.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

const pageSize = 80
/** More than any screen shows together with what is kept ready around it; the pages farthest away go. */
const mostPages = 12

/** Which pictures a wall shows, and where it begins. */
export interface WallList {
  readonly which: GalleryScope
  /** In the language of search; empty for all. */
  readonly query: string
  readonly order: 'newest' | 'relevance'
  /** The cursor of the first page that is loaded; null for the beginning, `end` for the end. */
  readonly begin: string | null
  /** Sets this visit of a place apart from earlier ones, whose pages may have moved on since. */
  readonly visit: number
}

interface PlaceOfPage {
  readonly cursor: string | null
  readonly direction: 'forward' | 'backward'
}

/** What a page of a list or of a search answers. */
export interface WallPage extends GenerationPage {
  /** The list it belongs to. */
  readonly list: WallList
  readonly did_you_mean?: string | null
}

/**
 * The pictures around the place one looks at, page by page in both directions. Only a bounded number of pages is kept,
 * however far one scrolls; what was shown stays until the pages of another place or query are there.
 */
export function useWallPages(list: MaybeRefOrGetter<WallList>) {
  const { invoke } = useSession()
  const query = useInfiniteQuery(computed(() => wallOptions(invoke, toValue(list))))
  return {
    ...query,
    generations: computed(() => query.data.value?.pages.flatMap((page) => page.generations) ?? []),
    /** The list whose pictures these are: while those of another are on their way, still the one before. */
    shown: computed(() => query.data.value?.pages[0]?.list ?? null),
    didYouMean: computed(() => query.data.value?.pages[0]?.did_you_mean ?? null),
  }
}

function wallOptions(invoke: Invoke, list: WallList) {
  const { which, query, order } = list
  const isAnswerable = query.length <= searchQueryLimit
  return infiniteQueryOptions({
    queryKey: keyOf(list),
    enabled: isAnswerable,
    initialPageParam: firstPlace(list),
    queryFn: async ({ pageParam: { cursor, direction } }): Promise<WallPage> => {
      const page = { limit: pageSize, direction, ...(cursor !== null && { cursor }) }
      const answer =
        which === 'pictures' && query !== ''
          ? await invoke('search_history', { ...page, query, order, ...onlyFinished(query) })
          : await invoke('list_generations', { ...page, state: 'completed', ...placeOf(which) })
      return { ...answer, list }
    },
    getNextPageParam: ({ next_cursor: cursor }): PlaceOfPage | null =>
      cursor === null ? null : { cursor, direction: 'forward' },
    getPreviousPageParam: ({ previous_cursor: cursor }): PlaceOfPage | null =>
      cursor === null ? null : { cursor, direction: 'backward' },
    maxPages: mostPages,
    ...(isAnswerable && { placeholderData: keepPreviousData }),
    gcTime: 0,
  })
}

/** The gallery shows pictures that were made; whoever asks for a state gets that one. */
export function onlyFinished(text: string): { state?: 'completed' } {
  return /(?:^|[\s-])state:/iu.test(text) ? {} : { state: 'completed' }
}

function firstPlace({ begin }: WallList): PlaceOfPage {
  if (begin === 'end') return { cursor: null, direction: 'backward' }
  return { cursor: begin, direction: 'forward' }
}

function placeOf(which: GalleryScope): { deleted?: boolean; collection?: number } {
  const collection = collectionOf(which)
  return collection === null ? { deleted: which === 'bin' } : { collection }
}

function keyOf({ which, query, order, begin, visit }: WallList) {
  const collection = collectionOf(which)
  if (collection !== null) return [...keys.collectionPages, collection, begin, visit]
  if (which === 'bin') return [...keys.bin, begin, visit]
  return query === '' ? [...keys.gallery, begin, visit] : [...keys.found, query, order, begin, visit]
}
