import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger from '@fastify/swagger'
import swaggerInterface from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { capabilities } from '../../contracts/capabilities/index.ts'
import { projectFolder } from '../foundation/paths.ts'
import { toOpenApi } from './openapi.ts'

/** Publishes the description of the REST interface: `/openapi.json` for programs, `/documentation` for people. */
export async function registerDocumentation(app: FastifyInstance): Promise<void> {
  const document = toOpenApi(
    Object.values(capabilities).filter(({ surfaces }) => (surfaces as readonly string[]).includes('rest')),
  )
  app.get('/openapi.json', () => document)
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  const mark = readFileSync(join(projectFolder, 'ui', 'public', 'favicon.svg'))
  await app.register(swaggerInterface, {
    routePrefix: '/documentation',
    staticCSP: false,
    logo: { type: 'image/svg+xml', content: mark, href: '/', target: '_self' },
    theme: {
      title: 'MystiCanvas: REST interface',
      favicon: [
        {
          filename: 'favicon.svg',
          rel: 'icon',
          sizes: 'any',
          type: 'image/svg+xml',
          content: mark.toString(),
        },
      ],
    },
  })
}
