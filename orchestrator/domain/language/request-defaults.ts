/** What is sent of a request, with what the preset says filled in where the request says nothing. */
export function withDefaults(body: unknown, defaults: Readonly<Record<string, unknown>>): string | null {
  if (typeof body !== 'string') return null
  const request: unknown = JSON.parse(body)
  if (typeof request !== 'object' || request === null) return body
  return JSON.stringify({ ...defaults, ...request })
}
