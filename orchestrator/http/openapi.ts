import { z } from 'zod'
import { hasBody, pathFields, type Capability } from '../../contracts/capability.ts'
import { errorReplySchema, errorTable, type ErrorCode } from '../../contracts/errors.ts'
import { productVersion } from '../foundation/version.ts'

/** Failures every call can meet. */
const commonErrors: readonly ErrorCode[] = ['invalid_input', 'unauthorized', 'rate_limited', 'internal_error']

type JsonSchema = { properties?: Record<string, object>; required?: string[]; [key: string]: unknown }

/** Projects capabilities onto an OpenAPI 3.1 document. Source: the OpenAPI Specification, version 3.1.1. */
export function toOpenApi(list: readonly Capability[]): Record<string, unknown> {
  const paths: Record<string, Record<string, object>> = {}
  for (const capability of list) {
    const path = capability.route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [capability.route.method.toLowerCase()]: toOperation(capability) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'MystiCanvas',
      version: productVersion,
      description: 'Make pictures on your own machine.',
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: withoutDialect(z.toJSONSchema(errorReplySchema)) },
    },
    security: [{ bearer: [] }],
    paths,
  }
}

function toOperation(capability: Capability): object {
  const input = withoutDialect(z.toJSONSchema(capability.input, { io: 'input' }))
  const inPath = pathFields(capability.route)
  const inBody = hasBody(capability.route)
  const outside = Object.keys(input.properties ?? {}).filter((field) => !inBody || inPath.includes(field))
  return {
    operationId: capability.name,
    summary: capability.title,
    description: capability.description,
    'x-effect': capability.effect,
    parameters: outside.map((field) => toParameter(field, input, inPath.includes(field))),
    ...(inBody ? { requestBody: { required: true, content: json(without(input, outside)) } } : {}),
    responses: {
      200: { description: 'Done.', content: json(withoutDialect(z.toJSONSchema(capability.output))) },
      ...errorResponses([...capability.errors, ...commonErrors]),
    },
  }
}

function toParameter(field: string, input: JsonSchema, inPath: boolean): object {
  return {
    name: field,
    in: inPath ? 'path' : 'query',
    required: inPath || (input.required ?? []).includes(field),
    schema: input.properties?.[field] ?? {},
  }
}

/** One reply for each status, naming the codes that share it. */
function errorResponses(codes: readonly ErrorCode[]): Record<string, object> {
  const byStatus = Map.groupBy(new Set(codes), (code) => errorTable[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${errorTable[code].summary}`).join(' '),
        content: json({ $ref: '#/components/schemas/Error' }),
      },
    ]),
  )
}

function without(schema: JsonSchema, fields: readonly string[]): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(([field]) => !fields.includes(field)),
  )
  return {
    ...schema,
    properties,
    required: (schema.required ?? []).filter((field) => !fields.includes(field)),
  }
}

function withoutDialect(schema: object): JsonSchema {
  const { $schema: _, ...rest } = schema as JsonSchema
  return rest
}

function json(schema: object): object {
  return { 'application/json': { schema } }
}
