/** Where the chosen language model answers, in the wire format of OpenAI. */
export interface LanguageEndpoint {
  readonly baseUrl: string // ends in /v1
  readonly fetch: typeof fetch // adds token and request id, goes through a pipe where configured; never logs the key
  readonly model: string
  readonly kind: 'built_in' | 'gguf' | 'remote'
  readonly contextTokens: number
  readonly maxOutputTokens: number
}
