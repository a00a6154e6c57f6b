import { computed, inject, provide, ref, watch, type ComputedRef, type InjectionKey } from 'vue'
import {
  useRoute,
  useRouter,
  type LocationQuery,
  type RouteLocationNormalizedLoaded,
  type RouteLocationRaw,
} from 'vue-router'
import { isOfWall, pathOf, scopeOf } from '../../api/gallery-scope.ts'
import { useWallPages, type WallList } from '../../api/wall-pages.ts'
import { cursorOf } from './timeline.ts'

/**
 * What the gallery shows. The address tells all of it (which pictures, the query, its order and the place one is at), so
 * that reloading, going back and sharing an address lead to the same pictures.
 */
export interface GalleryView {
  readonly list: ComputedRef<WallList>
  readonly pages: ReturnType<typeof useWallPages>
  /** The address of the gallery as it is now, with a picture (or what else opens over the wall) opened or without one. */
  readonly placeOf: (picture: string | null) => RouteLocationRaw
  /** Searches for something else, newest first from the top. A new step in the browser's history, unless `typing` goes on. */
  readonly search: (query: string, options?: { readonly typing?: boolean }) => void
  readonly sort: (order: WallList['order']) => void
  /** Goes to a year, a month, a day or a picture, to the newest (null) or to the `end`; `passing` on the way elsewhere. */
  readonly jump: (at: string | null, options?: { readonly passing?: boolean }) => void
  /** Notes in the address which picture is at the top, without a step in the history. */
  readonly remember: (at: string | null) => void
}

const key: InjectionKey<GalleryView> = Symbol('GalleryView')

/** Makes the view for the gallery's page and what is in it. */
export function provideGalleryView(): GalleryView {
  const route = useRoute()
  const router = useRouter()
  // On the way to another page the address is no longer about the gallery, which shows for a moment more.
  const address = computed<Address>((before) =>
    before === undefined || isOfWall(route.path) ? readAddress(route) : before,
  )
  const at = computed(() => address.value.at)
  /** The place the address names because one scrolled there, which is no wish to go anywhere. */
  let remembered = at.value
  const begin = ref(placeToBegin(textOf(route.params['id']) || at.value))
  const visit = ref(0)

  watch(address, (now, before) => {
    const isSame = now.which === before.which && now.query === before.query && now.order === before.order
    if (isSame && now.at === remembered) return
    remembered = now.at
    begin.value = now.order === 'relevance' ? null : placeToBegin(now.at)
    visit.value += 1
  })

  const list = computed<WallList>(() => {
    const { which, query, order } = address.value
    return { which, query, order, begin: begin.value, visit: visit.value }
  })
  const pages = useWallPages(list)
  // Beyond the oldest picture there is nothing, but there is something before it; and pages empty when pictures go.
  watch([pages.generations, pages.isFetching], ([generations, isFetching]) => {
    if (generations.length > 0 || isFetching || pages.error.value !== null) return
    if (pages.hasPreviousPage.value) void pages.fetchPreviousPage()
    else if (pages.hasNextPage.value) void pages.fetchNextPage()
  })

  const base = computed(() => pathOf(address.value.which))
  const placeOf = (picture: string | null): RouteLocationRaw => ({
    path: picture === null ? base.value : `${base.value}/${picture}`,
    query: route.query,
  })
  const changed = (changes: Record<string, string | null>): { path: string; query: LocationQuery } => {
    const all = Object.entries({ ...route.query, ...changes })
    return { path: route.path, query: Object.fromEntries(all.filter(([, value]) => value !== null)) }
  }

  const view: GalleryView = {
    list,
    pages,
    placeOf,
    search(text, { typing = false } = {}) {
      const q = text.trim() === '' ? null : text
      const to = changed({ q, at: null, ...(q === null && { order: null }) })
      void (typing ? router.replace(to) : router.push(to))
    },
    sort: (value) => void router.push(changed({ order: value === 'newest' ? null : value, at: null })),
    jump(to, { passing = false } = {}) {
      if (at.value === (to ?? '')) visitAgain()
      else void (passing ? router.replace(changed({ at: to })) : router.push(changed({ at: to })))
    },
    remember(to) {
      // Whoever leaves in the meantime leaves with the last place.
      if (at.value === (to ?? '') || !isOfWall(route.path)) return
      remembered = to ?? ''
      void router.replace(changed({ at: to }))
    },
  }
  provide(key, view)
  return view

  /** Who is told to be at a place already may have scrolled within it. */
  function visitAgain(): void {
    begin.value = placeToBegin(at.value)
    visit.value += 1
  }
}

/** @throws Error outside the gallery's page */
export function useGalleryView(): GalleryView {
  const view = inject(key, null)
  if (view === null) throw new Error('This belongs into the gallery.')
  return view
}

/** What an address says about the gallery. */
type Address = Pick<WallList, 'which' | 'query' | 'order'> & { readonly at: string }

function readAddress({ params, query }: RouteLocationNormalizedLoaded): Address {
  const which = scopeOf({ bin: textOf(params['bin']), collection: textOf(params['collection']) })
  const text = which === 'pictures' ? textOf(query['q']).trim() : ''
  const order = text !== '' && query['order'] === 'relevance' ? 'relevance' : 'newest'
  return { which, query: text, order, at: textOf(query['at']) }
}

/** A query of an address may come several times or without a value. */
function textOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : ''
}

const placeToBegin = (at: string): string | null => (at === 'end' ? 'end' : cursorOf(at))
