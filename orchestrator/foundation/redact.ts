/** Fields that hold secrets, wherever they turn up. */
const secretFields = [
  'token',
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'api_key',
  'x-api-key',
]

/** What the logger is told to take out of the objects it writes, down to the third level. */
export const redactedPaths = secretFields
  .map((field) => (field.includes('-') ? `["${field}"]` : field))
  .flatMap((field) => {
    const below = field.startsWith('[') ? field : `.${field}`
    return [field, `*${below}`, `*.*${below}`]
  })

const removed = '[Redacted]'

/** A field with a secret inside of a text, such as `token=…`, `"api_key": "…"` (also escaped), or a header line. */
const namedSecret =
  /((?:token|authorization|cookie|password|secret|api[_-]?key|mysticanvas_session)\\?["']?\s*[:=]\s*\\?["']?)(?!\[)([^\s"'\\,;&}\]]{8,})/gi
const bearer = /(Bearer\s+)[\w.~+/-]{8,}=*/gi
const signInCode = /([?&]code=)[\w-]{8,}/g

/**
 * Takes secrets out of a text that other programs wrote, such as the error output of an engine. Where it is JSON it stays JSON.
 * Figures are none: `token: 12345678` counts something.
 */
export function redactText(text: string): string {
  return text
    .replace(bearer, `$1${removed}`)
    .replace(signInCode, `$1${removed}`)
    .replace(namedSecret, (whole, name: string, value: string) =>
      /^[\d.]+$/.test(value) || /^bearer$/i.test(value) ? whole : `${name}${removed}`,
    )
}
