import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  capabilities,
  type Call,
  type CapabilityName,
  type Invoke,
} from '../../contracts/capabilities/index.ts'

/** Publishes every capability that has the REST surface under its route. */
export function registerCapabilities(app: FastifyInstance, invoke: Invoke): void {
  for (const [name, capability] of Object.entries(capabilities)) {
    if (!(capability.surfaces as readonly string[]).includes('rest')) continue
    const types = fieldTypes(capability.input)
    app.route({
      method: capability.route.method,
      url: capability.route.path,
      handler: (request, reply) =>
        invoke(name as CapabilityName, gatherInput(request, types) as never, callOf(reply)),
    })
  }
}

/** Whoever has the token is the person at this machine. A caller who is gone waits for nothing any more. */
function callOf(reply: FastifyReply): Call {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return { client: 'local', signal: gone.signal }
}

/** A capability's input from the three places HTTP has for it. Text from path and query becomes the type of its field. */
function gatherInput(request: FastifyRequest, types: ReadonlyMap<string, string>): Record<string, unknown> {
  const texts = { ...(request.query as object), ...(request.params as object) }
  const typed = Object.entries(texts).map(([field, text]) => [field, fromText(text, types.get(field))])
  return { ...(request.body as object | null), ...(Object.fromEntries(typed) as object) }
}

function fromText(text: unknown, type: string | undefined): unknown {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  const isNumber = type === 'integer' || type === 'number'
  return isNumber && typeof text === 'string' && text.trim() !== '' ? Number(text) : text
}

function fieldTypes(input: z.ZodObject): Map<string, string> {
  const { properties } = z.toJSONSchema(input, { io: 'input' })
  return new Map(
    Object.entries(properties ?? {}).map(([field, schema]) => [
      field,
      String((schema as { type?: string }).type),
    ]),
  )
}
