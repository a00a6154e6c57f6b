import { hasBody, pathFields } from './capability.ts'
import {
  capabilities,
  type CapabilityInput,
  type CapabilityName,
  type CapabilityOutput,
  type Invoke,
} from './capabilities/index.ts'
import { errorReplySchema, fromErrorBody, ProductError } from './errors.ts'

/** One HTTP call, stripped to what the client needs of it, so that a browser and Node can both provide it. */
export type Transport = (request: {
  method: string
  path: string
  body: string | null
}) => Promise<{ status: number; body: string }>

/**
 * The typed client: calls a capability over REST.
 *
 * @param transport sends one request; it adds the address and the credentials
 * @throws ProductError with the code the server gave, or `internal_error` where the reply is none of ours
 */
export function createClient(transport: Transport): Invoke {
  return async function invoke<Name extends CapabilityName>(
    name: Name,
    input: CapabilityInput<Name>,
  ): Promise<CapabilityOutput<Name>> {
    const reply = await transport(toRequest(name, input))
    if (reply.status >= 400) throw toError(reply)
    // The server checked the output against the same schema before it was sent.
    return JSON.parse(reply.body) as CapabilityOutput<Name>
  }
}

/** Projects a call onto its route: path fields into the path, the rest into the query or the body. */
export function toRequest(
  name: CapabilityName,
  input: Record<string, unknown>,
): { method: string; path: string; body: string | null } {
  const { route } = capabilities[name]
  const inPath = pathFields(route)
  const path = route.path.replaceAll(/:(\w+)/g, (_, field: string) =>
    encodeURIComponent(String(input[field])),
  )
  const rest = Object.entries(input).filter(
    ([field, value]) => !inPath.includes(field) && value !== undefined,
  )
  if (hasBody(route)) return { method: route.method, path, body: JSON.stringify(Object.fromEntries(rest)) }
  const query = rest.map(([field, value]) => `${field}=${encodeURIComponent(String(value))}`).join('&')
  return { method: route.method, path: query === '' ? path : `${path}?${query}`, body: null }
}

function toError(reply: { status: number; body: string }): ProductError {
  try {
    return fromErrorBody(errorReplySchema.parse(JSON.parse(reply.body)).error)
  } catch (cause) {
    return new ProductError('internal_error', `The server answered ${reply.status} without a reason.`, {
      cause,
    })
  }
}
