import type { GbnfJsonSchema } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'

/** A schema as callers send it. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** A range of whole numbers up to so many is decoded as a choice; larger ones are checked afterwards. */
const largestChoice = 64

/** Bounds up to so many characters or items become part of the grammar; larger ones would make it slow. */
const largestRepetition = 200

const deepest = 24

/**
 * What the engine can decode under, from a JSON Schema. The engine always writes every property, so that one that may be
 * left out is written as null and dropped afterwards, see `dropAbsent`. What no grammar can say, such as patterns, is
 * left to the check of the result.
 *
 * Source: the types in utils/gbnfJson of node-llama-cpp 3.22.
 *
 * @throws ProductError `language_model_incapable` where the schema refers to itself
 */
export function toGrammarSchema(schema: JsonSchema, root: JsonSchema = schema, depth = 0): GbnfJsonSchema {
  if (depth > deepest) throw new ProductError('language_model_incapable', 'The schema refers to itself.')
  const inner = (part: unknown): GbnfJsonSchema => toGrammarSchema(asSchema(part), root, depth + 1)
  const described = typeof schema['description'] === 'string' ? { description: schema['description'] } : {}
  const { const: constant, enum: values, anyOf, oneOf, allOf, type, $ref } = schema
  if (typeof $ref === 'string') return { ...inner(resolveReference($ref, root)), ...described }
  if (isPlain(constant)) return { const: constant, ...described }
  if (Array.isArray(values)) return { enum: values.filter(isPlain), ...described }
  const alternatives = anyOf ?? oneOf
  if (Array.isArray(alternatives)) return { oneOf: alternatives.map(inner), ...described }
  if (Array.isArray(allOf)) return inner(Object.assign({}, ...allOf, described))
  if (Array.isArray(type)) return { oneOf: type.map((one) => inner({ ...schema, type: one })), ...described }
  if (type === 'string') return { ...toString(schema), ...described }
  if (type === 'integer') return { ...toInteger(schema), ...described }
  if (type === 'number' || type === 'boolean' || type === 'null') return { type, ...described }
  if (type === 'array') return { ...toArray(schema, inner), ...described }
  if (type === 'object' || isRecord(schema['properties'])) return { ...toObject(schema, inner), ...described }
  return { type: ['string', 'number', 'boolean', 'null'], ...described }
}

/** Takes properties out again that were written as null because they had to be written. */
export function dropAbsent(value: unknown, schema: JsonSchema, root: JsonSchema = schema): unknown {
  const reference = schema['$ref']
  if (typeof reference === 'string') return dropAbsent(value, resolveReference(reference, root), root)
  if (Array.isArray(value))
    return value.map((item: unknown) => dropAbsent(item, asSchema(schema['items']), root))
  if (!isRecord(value)) return value
  const properties = asSchema(schema['properties'])
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, content]) => content !== null || required.has(name))
      .map(([name, content]) => [name, dropAbsent(content, asSchema(properties[name]), root)]),
  )
}

function toString({ format, minLength, maxLength }: JsonSchema): GbnfJsonSchema {
  if (format === 'date-time' || format === 'date' || format === 'time') return { type: 'string', format }
  return {
    type: 'string',
    ...(isSmall(minLength) ? { minLength } : {}),
    ...(isSmall(maxLength) ? { maxLength } : {}),
  }
}

function toInteger({ minimum, maximum }: JsonSchema): GbnfJsonSchema {
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return { type: 'integer' }
  const count = maximum - minimum + 1
  if (count < 1 || count > largestChoice) return { type: 'integer' }
  return { enum: Array.from({ length: count }, (_, index) => minimum + index) }
}

function toArray(schema: JsonSchema, inner: (part: unknown) => GbnfJsonSchema): GbnfJsonSchema {
  const { items, minItems, maxItems } = schema
  return {
    type: 'array',
    items: inner(items),
    ...(isSmall(minItems) ? { minItems } : {}),
    ...(isSmall(maxItems) ? { maxItems } : {}),
  }
}

function toObject(schema: JsonSchema, inner: (part: unknown) => GbnfJsonSchema): GbnfJsonSchema {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const properties = Object.entries(asSchema(schema['properties'])).map(([name, part]) => [
    name,
    required.includes(name) ? inner(part) : orNull(inner(part)),
  ])
  if (properties.length > 0) return { type: 'object', properties: Object.fromEntries(properties) as never }
  const further = schema['additionalProperties']
  return {
    type: 'object',
    properties: {},
    ...(isRecord(further) ? { additionalProperties: inner(further) } : {}),
  }
}

function orNull(schema: GbnfJsonSchema): GbnfJsonSchema {
  const description = 'description' in schema && schema.description !== undefined
  return {
    oneOf: [schema, { type: 'null' }],
    ...(description ? { description: schema.description } : {}),
  } as GbnfJsonSchema
}

function resolveReference(reference: string, root: JsonSchema): JsonSchema {
  const path = reference.startsWith('#/') ? reference.slice(2).split('/') : []
  return path.reduce<JsonSchema>((part, name) => asSchema(part[name]), root)
}

function asSchema(part: unknown): JsonSchema {
  return isRecord(part) ? part : {}
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function isSmall(bound: unknown): bound is number {
  return typeof bound === 'number' && bound <= largestRepetition
}
