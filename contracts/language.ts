/** The `fetch` of whatever the code runs in; the contracts themselves run in nothing. */
type Fetch = typeof globalThis extends { fetch: infer Known } ? Known : never

/** Where the chosen language model answers, in the wire format of OpenAI. */
export interface LanguageEndpoint {
  /** Ends in /v1. */
  readonly baseUrl: string
  /** Adds token and request id and reaches the worker however it listens; never logs the key. */
  readonly fetch: Fetch
  readonly model: string
  readonly kind: 'built_in' | 'gguf' | 'remote'
  readonly contextTokens: number
  readonly maxOutputTokens: number
}
