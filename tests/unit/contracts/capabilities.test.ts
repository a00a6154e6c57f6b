import { expect, test } from 'vitest'
import { z } from 'zod'
import { pathFields } from '../../../contracts/capability.ts'
import { capabilities } from '../../../contracts/capabilities/index.ts'

const list = Object.entries(capabilities)

test.each(list)(
  '[contracts-projection] %s is described so that everything can follow from it',
  (key, capability) => {
    expect(capability.name).toBe(key)
    expect(capability.title).toMatch(/^[A-Z]/)
    expect(capability.description).toMatch(/\.$/)
    expect(capability.description.length).toBeLessThan(200)
    const { properties = {}, required = [] } = z.toJSONSchema(capability.input, { io: 'input' })
    for (const field of pathFields(capability.route)) {
      expect(Object.keys(properties)).toContain(field)
      expect(required).toContain(field)
    }
    // Pictures and long prompts do not fit into an address, so reading these is no GET.
    const isLong = ['read_recipe', 'enhance_prompt', 'apply_style'].includes(capability.name)
    const isGet = capability.effect === 'read' && !isLong
    expect(capability.route.method === 'GET').toBe(isGet)
  },
)

test.each(list)('[contracts-strict] %s refuses keys it does not know', (_, { input }) => {
  const issues = input.safeParse({ no_such_field: 1 }).error?.issues ?? []
  expect(issues).toContainEqual(
    expect.objectContaining({ code: 'unrecognized_keys', keys: ['no_such_field'] }),
  )
})

test('[contracts-projection] no two capabilities share a route', () => {
  const routes = list.map(([, { route }]) => `${route.method} ${route.path}`)
  expect(new Set(routes).size).toBe(routes.length)
})
