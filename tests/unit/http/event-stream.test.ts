import type { AddressInfo } from 'node:net'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { EventFeed } from '../../support/product-events.ts'
import { createTestApp, token, type TestApp } from './support.ts'

let tested: TestApp
let url: string

beforeEach(async () => {
  tested = await createTestApp()
  await tested.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(tested.app.server.address() as AddressInfo).port}`
})

async function listen(lastEventId?: number): Promise<EventFeed> {
  const feed = await EventFeed.open(url, token, lastEventId)
  onTestFinished(() => feed.close())
  return feed
}

const publish = (preset: string) =>
  tested.events.publish({ type: 'model-ready', preset }, `${preset} is ready.`)
const idsOf = (feed: EventFeed) => feed.events.map(({ id }) => id)
const until = (feed: EventFeed, id: number) => feed.first((event) => event.id === id)

test('[http-events] a listener is connected at once, and told what happens from then on', async () => {
  publish('before')
  const feed = await listen()
  publish('after')
  expect((await until(feed, 2)).event).toEqual({ type: 'model-ready', preset: 'after' })
  expect(idsOf(feed)).toEqual([2])
})

test('[http-events] progress is passed on without an id to come back to', async () => {
  const feed = await listen()
  tested.events.publish({ type: 'model-preparing', preset: 'a', progress: 0.5 }, 'Half of it.')
  const { event, id } = await feed.first(() => true)
  expect([event.type, id]).toEqual(['model-preparing', null])
})

test('[http-events] a listener that comes back gets all it missed, in order, and then what is new', async () => {
  for (let count = 1; count <= 1200; count += 1) publish(`model-${count}`)
  const feed = await listen(3)
  for (let count = 1201; count <= 1210; count += 1) publish(`model-${count}`)
  await until(feed, 1210)
  expect(idsOf(feed)).toEqual(Array.from({ length: 1207 }, (_, index) => index + 4))
})

test.each(['abc', '-1', '1e99', ''])('[http-events] the last event %j is none', async (lastEventId) => {
  publish('before')
  const feed = await listen(lastEventId as never)
  publish('after')
  await until(feed, 2)
  expect(idsOf(feed)).toEqual([2])
})

test('[http-events] a listener that has left is forgotten', async () => {
  const feed = await listen()
  feed.close()
  publish('after')
  const other = await listen()
  publish('later')
  await until(other, 2)
  expect(feed.events).toEqual([])
})

test('[http-shutdown] a listener does not keep the product from stopping', async () => {
  const feed = await listen()
  await tested.app.close()
  await expect(feed.first(() => true)).rejects.toThrow('ended')
})
