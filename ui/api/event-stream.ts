import { readonly, ref, type DeepReadonly, type Ref } from 'vue'
import type { StoredEvent } from '../../contracts/events.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost'

/** The stream of events, and how it fares. */
export interface Connection {
  readonly state: DeepReadonly<Ref<ConnectionState>>
  /** Seconds until the next attempt; 0 while one is under way. */
  readonly retryIn: DeepReadonly<Ref<number>>
  readonly open: () => void
  readonly close: () => void
}

const longestWait = 10

/**
 * Listens to the server's events and connects again when the stream breaks.
 * What was missed is not asked for: whoever listens fetches its state afresh on each `onOpen`.
 */
export function createConnection(listener: {
  onOpen: () => void
  onEvent: (event: StoredEvent) => void
  onLost: () => void
}): Connection {
  const state = ref<ConnectionState>('connecting')
  const retryIn = ref(0)
  let source: EventSource | null = null
  let timer: ReturnType<typeof setInterval> | null = null
  let attempts = 0

  function open(): void {
    close()
    source = new EventSource('/api/events', { withCredentials: true })
    source.addEventListener('open', () => {
      attempts = 0
      state.value = 'open'
      listener.onOpen()
    })
    source.addEventListener('message', (message) =>
      listener.onEvent(JSON.parse(String(message.data)) as StoredEvent),
    )
    source.addEventListener('error', retry)
  }

  function retry(): void {
    close()
    if (state.value !== 'lost') listener.onLost()
    state.value = 'lost'
    retryIn.value = Math.min(longestWait, 2 ** attempts)
    attempts += 1
    timer = setInterval(() => {
      retryIn.value -= 1
      if (retryIn.value <= 0) open()
    }, 1000)
  }

  function close(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
    retryIn.value = 0
    source?.close()
    source = null
  }

  return { state: readonly(state), retryIn: readonly(retryIn), open, close }
}
