import { QueryClient } from '@tanstack/vue-query'
import { ConnectionFailure } from './failure.ts'

/** The cache of what the server said. Events keep it fresh, so nothing is fetched again merely because it is shown again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // "Online" is about the internet; this server is on the same machine.
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => error instanceof ConnectionFailure && count < 2,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
