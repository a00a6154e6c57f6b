import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { pathFields } from '../../../contracts/capability.ts'
import { capabilities, type CapabilityName } from '../../../contracts/capabilities/index.ts'
import { createClient, toRequest } from '../../../contracts/client.ts'
import { errorTable, ProductError } from '../../../contracts/errors.ts'
import { authorized, createTestApp, type TestApp } from './support.ts'

interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean }[]
  requestBody?: {
    content: Record<
      string,
      { schema: { properties: object; required?: string[]; additionalProperties?: boolean } }
    >
  }
  responses: Record<string, { description: string; content: object }>
}

interface Document {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: object }
}

const published = Object.values(capabilities).filter(({ surfaces }) =>
  (surfaces as readonly string[]).includes('rest'),
)
let tested: TestApp

beforeEach(async () => {
  tested = await createTestApp()
})

async function document(): Promise<Document> {
  return (await tested.app.inject({ url: '/openapi.json', headers: authorized })).json<Document>()
}

test('[contracts-projection] every capability has a route and an operation, and there are no others', async () => {
  const { paths } = await document()
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) =>
        `${operationId} ${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    ),
  )
  expect(operations.toSorted()).toEqual(
    published.map(({ name, route }) => `${name} ${route.method} ${route.path}`).toSorted(),
  )
  for (const { route } of published)
    expect(tested.app.hasRoute({ method: route.method, url: route.path }), route.path).toBe(true)
})

test.each(published)(
  '[contracts-openapi] $name is described with its fields and its errors',
  async ({ name, route, input, errors }) => {
    const { openapi, paths } = await document()
    expect(openapi).toBe('3.1.1')
    const operation = paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]
    const body = operation?.requestBody?.content['application/json']?.schema
    const named = [
      ...(operation?.parameters ?? []).map((parameter) => parameter.name),
      ...Object.keys(body?.properties ?? {}),
    ]
    expect(named.toSorted(), name).toEqual(Object.keys(input.shape).toSorted())
    for (const parameter of operation?.parameters ?? []) {
      const inPath = route.path.includes(`:${parameter.name}`)
      expect(parameter).toMatchObject(inPath ? { in: 'path', required: true } : { in: 'query' })
    }
    expect(body?.additionalProperties ?? false).toBe(false)
    for (const code of [...errors, 'invalid_input', 'unauthorized', 'internal_error'] as const) {
      expect(operation?.responses[String(errorTable[code].status)]?.description).toContain(`\`${code}\``)
    }
  },
)

test('[contracts-openapi] every reference leads somewhere, and every schema compiles', async () => {
  const found = await document()
  const references = [...JSON.stringify(found).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(references.length).toBeGreaterThan(0)
  for (const reference of references) {
    const target = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], found)
    expect(target, reference).toBeDefined()
  }
  for (const schema of Object.values(found.components.schemas))
    expect(() => z.fromJSONSchema(schema as never)).not.toThrow()
})

test('[contracts-openapi] the document can be browsed', async () => {
  const page = await tested.app.inject({ url: '/documentation/', headers: authorized })
  expect(page.statusCode).toBe(200)
  expect(page.headers['content-type']).toContain('text/html')
  const data = await tested.app.inject({ url: '/documentation/json', headers: authorized })
  expect(Object.keys(data.json<Document>().paths)).toEqual(Object.keys((await document()).paths))
})

/** Input for a capability as its contract allows it, made by chance. */
function inputsOf(name: CapabilityName): fc.Arbitrary<Record<string, unknown>> {
  const { properties = {}, required = [] } = z.toJSONSchema(capabilities[name].input, { io: 'input' })
  const fields = Object.entries(properties).map(
    ([field, schema]) => [field, valuesOf(schema as { type?: string; enum?: string[] })] as const,
  )
  // A dot alone means a place in a path, and no name of ours is one.
  const inPath = new Set(pathFields(capabilities[name].route))
  const sendable = fields.map(([field, values]) => [
    field,
    inPath.has(field) ? values.filter((value) => !/^\.+$/.test(String(value))) : values,
  ])
  return fc.record(Object.fromEntries(sendable) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required,
  })
}

function valuesOf({ type, enum: options }: { type?: string; enum?: string[] }): fc.Arbitrary<unknown> {
  if (options !== undefined) return fc.constantFrom(...options)
  if (type === 'integer') return fc.integer()
  if (type === 'number')
    return fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Object.is(value, -0) ? 0 : value))
  if (type === 'boolean') return fc.boolean()
  if (type === 'string') return fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  return fc.dictionary(
    fc.string().filter((key) => key !== '__proto__' && key !== 'constructor'),
    fc.string(),
  )
}

test.each(Object.keys(capabilities) as CapabilityName[])(
  '[contracts-projection] what the client sends for %s arrives as it was given',
  async (name) => {
    const invoke = createClient(async ({ method, path, body }) => {
      const headers = { ...authorized, ...(body === null ? {} : { 'content-type': 'application/json' }) }
      const reply = await tested.app.inject({
        method: method as 'GET',
        url: path,
        headers,
        ...(body === null ? {} : { payload: body }),
      })
      return { status: reply.statusCode, body: reply.body }
    })
    await fc.assert(
      fc.asyncProperty(inputsOf(name), async (input) => {
        tested.calls.length = 0
        await invoke(name, input as never)
        expect(tested.calls).toEqual([{ name, input }])
      }),
      { numRuns: 40 },
    )
  },
)

test('[contracts-projection] a path field is escaped, and what is not given is not sent', () => {
  expect(toRequest('get_generation', { generation: '../a b?' })).toEqual({
    method: 'GET',
    path: '/api/generations/..%2Fa%20b%3F',
    body: null,
  })
  expect(toRequest('list_generations', { limit: 5, cursor: undefined })).toEqual({
    method: 'GET',
    path: '/api/generations?limit=5',
    body: null,
  })
  expect(toRequest('cancel_generation', { generation: '7' })).toEqual({
    method: 'POST',
    path: '/api/generations/7/cancel',
    body: '{}',
  })
})

test.each([
  [
    'our own shape',
    {
      status: 404,
      body: JSON.stringify({
        error: { code: 'generation_not_found', message: 'Gone.', details: {}, request_id: 'r' },
      }),
    },
    'generation_not_found',
  ],
  ['a page', { status: 502, body: '<html>' }, 'internal_error'],
  ['nothing', { status: 500, body: '' }, 'internal_error'],
  [
    'an unknown code',
    { status: 500, body: JSON.stringify({ error: { code: 'no_such_code', message: 'x' } }) },
    'internal_error',
  ],
])('[contracts-errors] a failure that arrives as %s is an error with a code', async (_, reply, code) => {
  const failing = createClient(() => Promise.resolve(reply))('get_generation', { generation: '1' })
  await expect(failing).rejects.toBeInstanceOf(ProductError)
  await expect(failing).rejects.toMatchObject({ code })
})
