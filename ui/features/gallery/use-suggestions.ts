import { refDebounced, useLocalStorage } from '@vueuse/core'
import { computed, type ComputedRef, type Ref } from 'vue'
import { usePresets } from '../../api/presets.ts'
import { useTagsLike } from '../../api/search.ts'
import { filterText, pieceAt } from './query-text.ts'

/** Something to search for, offered while one types. */
export interface Suggestion {
  readonly key: string
  readonly icon: string
  readonly label: string
  /** What it is, in a word or two. */
  readonly hint: string
  /** The whole query, once it is chosen. */
  readonly query: string
}

/** Filters worth knowing, by how they begin. */
const filters = [
  ['favorite:', 'Favorites'],
  ['rating:>=4', 'Rated 4 or more'],
  ['rating:none', 'Not rated'],
  ['size:landscape', 'Wider than tall'],
  ['size:portrait', 'Taller than wide'],
  ['size:square', 'Square'],
  ['size:>=1024', 'Longer side 1024 or more'],
  ['tag:', 'By tag'],
  ['preset:', 'By preset'],
  ['prompt:', 'In the prompt only'],
  ['negative:', 'In the negative prompt'],
  ['notes:', 'In the notes'],
  [`after:${new Date().getFullYear()}`, 'Made this year'],
  ['before:', 'Made before a date'],
  ['seed:', 'By seed'],
] as const

const mostRecent = 8
const recentShown = 4
const mostOffered = 8

/** What may be meant by what is typed so far: recent searches, tags, presets and filters. */
export function useSuggestions(
  query: Ref<string>,
  caret: Ref<number>,
  open: Ref<boolean>,
): { suggestions: ComputedRef<readonly Suggestion[]>; remember: (query: string) => void } {
  const recent = useLocalStorage<string[]>('mysticanvas-recent-searches', [])
  const presets = usePresets()
  const piece = computed(() => pieceAt(query.value, caret.value))
  const typed = computed(() => piece.value?.value.trim().toLowerCase() ?? '')
  const field = computed(() => piece.value?.field ?? '')
  const tagPrefix = computed(() => (field.value === 'tag' || field.value === '' ? typed.value : ''))
  const asksForTags = computed(
    () => open.value && (field.value === 'tag' || (field.value === '' && typed.value.length > 0)),
  )
  const tags = useTagsLike(refDebounced(tagPrefix, 120), asksForTags)

  /** The query with something else in the place of the piece at the caret. */
  function replaced(text: string): string {
    const { start, end, negated } = piece.value ?? {
      start: query.value.length,
      end: query.value.length,
      negated: false,
    }
    return query.value.slice(0, start) + (negated ? '-' : '') + text + query.value.slice(end)
  }

  function offer(text: string, label: string, hint: string, icon: string): Suggestion {
    // A filter that wants a value goes on being typed; a whole one is done.
    const done = text.endsWith(':') && text !== 'favorite:' ? '' : ' '
    return { key: `${hint} ${text}`, icon, label, hint, query: replaced(text) + done }
  }

  const recentOnes = computed<Suggestion[]>(() =>
    recent.value
      .filter(
        (one) => one !== query.value.trim() && one.toLowerCase().startsWith(query.value.trim().toLowerCase()),
      )
      .slice(0, recentShown)
      .map((one) => ({
        key: `recent ${one}`,
        icon: 'i-lucide-history',
        label: one,
        hint: 'Recent',
        query: one,
      })),
  )
  const tagOnes = computed<Suggestion[]>(() =>
    asksForTags.value
      ? tags.value.map(({ name, uses }) =>
          offer(filterText('tag', name), name, `Tag, ${uses.toLocaleString('en')}`, 'i-lucide-tag'),
        )
      : [],
  )
  const presetOnes = computed<Suggestion[]>(() => {
    const asked = field.value === 'preset' || (field.value === '' && typed.value.length > 1)
    return (asked ? (presets.data.value ?? []) : [])
      .filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(typed.value))
      .slice(0, 3)
      .map(({ id, name }) => offer(filterText('preset', id), name, 'Preset', 'i-lucide-box'))
  })
  const filterOnes = computed<Suggestion[]>(() => {
    const begun = (piece.value?.text ?? '').replace(/^-/, '').toLowerCase()
    return filters
      .filter(([text]) => text !== begun && text.startsWith(begun))
      .slice(0, begun === '' ? 4 : mostOffered)
      .map(([text, hint]) => offer(text, text, hint, 'i-lucide-list-filter'))
  })

  return {
    suggestions: computed(() =>
      [...recentOnes.value, ...filterOnes.value, ...tagOnes.value, ...presetOnes.value].slice(0, mostOffered),
    ),
    remember(text) {
      const searched = text.trim()
      if (searched === '') return
      recent.value = [searched, ...recent.value.filter((one) => one !== searched)].slice(0, mostRecent)
    },
  }
}
