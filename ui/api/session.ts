import type { QueryClient } from '@tanstack/vue-query'
import { readonly, ref, type DeepReadonly, type Plugin, type Ref } from 'vue'
import type { Invoke } from '../../contracts/capabilities/index.ts'
import { createClient } from '../../contracts/client.ts'
import { applyEvent } from './apply-event.ts'
import { createContext } from './context.ts'
import { createConnection, type Connection } from './event-stream.ts'
import { createFetchTransport } from './transport.ts'

/** This page's talk with the server: calls, events, and whether it is signed in. */
export interface Session {
  readonly invoke: Invoke
  readonly connection: Connection
  readonly signedOut: DeepReadonly<Ref<boolean>>
}

const context = createContext<Session>('Session')

/** Opens the talk with the server and lets its events keep the cache fresh. */
export function createSession(queryClient: QueryClient): Plugin {
  const signedOut = ref(false)
  const connection = createConnection({
    onOpen: () => void queryClient.invalidateQueries(),
    onEvent: (event) => applyEvent(queryClient, event),
    // The stream does not tell why it broke; a plain call does.
    onLost: () => void queryClient.invalidateQueries({ queryKey: ['status'] }),
  })
  const invoke = createClient(
    createFetchTransport(() => {
      signedOut.value = true
      connection.close()
    }),
  )
  connection.open()
  return context.plugin({ invoke, connection, signedOut: readonly(signedOut) })
}

export const useSession = context.use
