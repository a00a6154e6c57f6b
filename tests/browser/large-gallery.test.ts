import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SampleGallery } from '../../bench/database/fill-gallery.ts'
import { browserPath, expectSoon, launchBrowser, openPage } from '../support/browser.ts'
import { addressOf, scrollBy, searchBox, tiles, tilesShown, topTile } from '../support/browser-wall.ts'
import { seedLargeGallery } from '../support/large-gallery.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

const seeded = 100_000

describe.skipIf(browserPath === undefined)('a gallery of 100,000 pictures (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser
  let sample: SampleGallery

  beforeAll(async () => {
    const dataFolder = await createDataFolder()
    sample = await seedLargeGallery(dataFolder, seeded)
    ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
  }, 300_000)

  afterAll(async () => {
    await browser.close()
    await product.stop()
    await endProducts()
    removeDataFolders()
  })

  const open = async (path = '/gallery', window: 'wide' | 'narrow' = 'wide') => {
    const page = await openPage(browser, product, path, { window })
    await tiles(page).first().waitFor()
    return page
  }
  const scrubber = (page: Page) => page.getByRole('slider', { name: 'Date' })
  /** The ids after a picture, as the list has them. */
  const listed = async (after: string, direction: 'forward' | 'backward', limit: number) => {
    const query = { state: 'completed', cursor: after, direction, limit } as const
    return (await product.invoke('list_generations', query)).generations.map(({ id }) => id)
  }
  const found = async (query: string) =>
    (await product.invoke('search_history', { query, limit: 20 })).generations.map(({ id }) => id)

  test('[interface-jump] scrolls on from a date in both directions without a gap, in bounded memory', async () => {
    const page = await open('/gallery?at=2025-06-11')
    const [first = ''] = await tilesShown(page)
    const seen = new Set<string>()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (const by of [1500, -1500]) {
      for (let turn = 0; turn < 40; turn += 1) {
        await scrollBy(page, by)
        for (const id of await tilesShown(page)) seen.add(id)
        // Only what is near the window exists as elements.
        expect(await tiles(page).count()).toBeLessThan(200)
      }
      await expectSoon(() => topTile(page)).toBeDefined()
    }
    // What was far above had been let go of, so it was asked for once more.
    expect(asked.filter((url) => url.includes('direction=backward')).length).toBeGreaterThan(5)
    const ids = [...seen].toSorted((one, other) => Number(other) - Number(one))
    expect(ids.length).toBeGreaterThan(1000)
    const newest = ids[0] ?? ''
    const older = await listed(String(Number(newest) + 1), 'forward', 200)
    expect(ids.slice(0, 200)).toEqual(older)
    const oldest = ids.at(-1) ?? ''
    expect(ids.slice(-200)).toEqual(await listed(oldest, 'backward', 200))
    expect(seen).toContain(first)
  })

  test('[interface-steady-wall] pages that come in above and below leave the pictures one sees where they are', async () => {
    const page = await open('/gallery?at=2025-03-02')
    await page.mouse.move(600, 500)
    for (const by of [-260, -260, 260, 260, 900, 900, -900, -900]) {
      await page.waitForTimeout(300)
      const before = await topTile(page)
      await page.mouse.wheel(0, by)
      await expectSoon(() => topTile(page, before?.id)).toMatchObject({ top: (before?.top ?? 0) - by })
    }
  })

  test('[interface-jump] the scrubber goes to any date by mouse, tells which, and Back returns', async () => {
    const page = await open()
    const [newest] = await tilesShown(page)
    const box = (await scrubber(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const x = box.x + box.width - 10
    await page.mouse.move(x, box.y + box.height * 0.4)
    await page.mouse.down()
    await page.mouse.move(x, box.y + box.height * 0.5, { steps: 4 })
    await page.mouse.up()
    await expectSoon(() => addressOf(page).at).toMatch(/^2025-0[34]-\d\d$/)
    const day = addressOf(page).at ?? ''
    await expectSoon(() => topTile(page).then((tile) => tile && dayOfId(tile.id))).toBe(day)
    await expectSoon(() => scrubber(page).getAttribute('aria-valuetext')).toMatch(
      /^(March|April) 2025, [\d,]+ pictures$/,
    )
    await page.goBack()
    await expectSoon(() => tilesShown(page).then((ids) => ids[0])).toBe(newest)
    await page.goForward()
    await expectSoon(() => topTile(page).then((tile) => tile && dayOfId(tile.id))).toBe(day)
  })

  test('[interface-jump] the scrubber goes by months and years and to both ends by keys', async () => {
    const page = await open()
    const told = () => scrubber(page).getAttribute('aria-valuetext')
    await scrubber(page).focus()
    for (const [key, month] of [
      ['ArrowDown', 'August 2026'],
      ['PageDown', 'August 2025'],
      ['ArrowUp', 'September 2025'],
      ['End', 'October 2023'],
      ['Home', 'September 2026'],
    ] as const) {
      await page.keyboard.press(key)
      await expectSoon(told).toContain(month)
    }
    await tiles(page).first().focus()
    await page.keyboard.press('End')
    const oldest = (await product.invoke('list_generations', { direction: 'backward', limit: 1 })).generations
    await expectSoon(() => tilesShown(page).then((ids) => ids.at(-1))).toBe(oldest[0]?.id)
    await tiles(page).last().focus()
    await page.keyboard.press('Home')
    await expectSoon(() => addressOf(page).at).toBeNull()
  })

  test('[interface-jump] the scrubber works by touch on a narrow screen', async () => {
    const page = await open('/gallery', 'narrow')
    const box = (await scrubber(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const at = { x: box.x + box.width - 8, y: box.y + box.height * 0.8 }
    const touch = await page.context().newCDPSession(page)
    await touch.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ ...at, y: at.y - 40 }],
    })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [at] })
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expectSoon(() => addressOf(page).at).toMatch(/^2024-0\d-\d\d$/)
    await expectSoon(() => scrubber(page).getAttribute('aria-valuetext')).toContain('2024')
  })

  test('[interface-jump] reloading, and a picture opened and closed, keep the place and the search', async () => {
    const page = await open('/gallery?q=size%3Alandscape&at=2025-06-11')
    for (let turn = 0; turn < 6; turn += 1) await scrollBy(page, 1500)
    await expectSoon(() => addressOf(page).at).toMatch(/^\d{16}$/)
    await page.waitForTimeout(500)
    const remembered = addressOf(page)
    await page.reload()
    await expectSoon(() => topTile(page).then((tile) => tile?.id)).toBe(remembered.at)
    expect(addressOf(page)).toEqual(remembered)

    const before = await topTile(page)
    await page.locator(`[data-tile="${before?.id}"]`).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Older picture' }).click()
    await dialog.getByRole('button', { name: 'Older picture' }).click()
    const opened = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(Number(opened)).toBeLessThan(Number(before?.id))
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(addressOf(page)).toEqual({ ...remembered, path: '/gallery' })
    expect(await topTile(page)).toEqual(before)

    // The neighbours of a picture that is opened by its address are those of the search.
    await page.goto(`${product.url}/gallery/${opened}?q=size%3Alandscape`)
    await dialog.getByRole('button', { name: 'Newer picture' }).click()
    await expectSoon(() => new URL(page.url()).pathname).not.toContain(opened)
    const { recipe } = await product.invoke('get_generation', {
      generation: new URL(page.url()).pathname.split('/').at(-1) ?? '',
    })
    expect(recipe.width).toBeGreaterThan(recipe.height)
  })

  test('[interface-wall-failure] pages that cannot be had are told of, asked for once, and again on demand', async () => {
    const page = await open('/gallery?at=2024-11-05')
    await page.waitForTimeout(500)
    let asked = 0
    const error = { code: 'internal_error', message: 'Broken.', details: {}, request_id: 'a-request' }
    await page.route('**/api/generations?*', (route) => {
      asked += 1
      return route.fulfill({ status: 500, json: { error } })
    })
    for (let turn = 0; turn < 8; turn += 1) await scrollBy(page, 1500)
    const notice = page.getByRole('alert').getByText('Broken.')
    await notice.waitFor()
    await page.waitForTimeout(500)
    expect(asked).toBe(1)
    const [before] = (await tilesShown(page)).slice(-1)
    await page.unroute('**/api/generations?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await notice.waitFor({ state: 'detached' })
    await scrollBy(page, 1500)
    await expectSoon(() => tilesShown(page).then((ids) => Number(ids.at(-1)))).toBeLessThan(Number(before))
  })

  test('[interface-search] typing finds, chips and filters change the query, Back and Forward follow', async () => {
    const page = await open()
    const [word = ''] = sample.words
    await page.keyboard.press('/')
    await page.keyboard.type(word)
    await expectSoon(() => addressOf(page).q).toBe(word)
    await expectSoon(() => tilesShown(page).then((ids) => ids.slice(0, 6))).toEqual(
      (await found(word)).slice(0, 6),
    )
    await page.getByRole('button', { name: 'Filters' }).click()
    const menu = page.getByRole('region', { name: 'Filters' })
    await menu.getByRole('button', { name: 'Favorites' }).click()
    await menu.getByRole('button', { name: 'Rated 3 or more' }).click()
    await page.keyboard.press('Escape')
    const query = `${word} favorite: rating:>=3`
    await expectSoon(() => addressOf(page).q).toBe(query)
    expect(await searchBox(page).inputValue()).toBe(query)
    const facets = await product.invoke('get_search_facets', { query })
    await page.getByText(`${facets.total.toLocaleString('en')} pictures`).waitFor()
    await expectSoon(() => tilesShown(page).then((ids) => ids.slice(0, 6))).toEqual(
      (await found(query)).slice(0, 6),
    )
    await page.getByRole('button', { name: 'Without the filter Favorites' }).click()
    await expectSoon(() => searchBox(page).inputValue()).toBe(`${word} rating:>=3`)
    await page.goBack()
    await expectSoon(() => searchBox(page).inputValue()).toBe(query)
    await page.goBack()
    await page.goBack()
    await expectSoon(() => searchBox(page).inputValue()).toBe(word)
    await page.getByRole('button', { name: 'Best match' }).click()
    const best = (await product.invoke('search_history', { query: word, order: 'relevance' })).generations
    await expectSoon(() => tilesShown(page).then((ids) => ids.slice(0, 6))).toEqual(
      best.slice(0, 6).map(({ id }) => id),
    )
    expect(await scrubber(page).count()).toBe(0)
  })

  test('[interface-search] suggestions: tags, filters and recent searches, by keys and by mouse', async () => {
    const page = await open()
    const tag = sample.tags.find((name) => name.length > 6) ?? ''
    await searchBox(page).click()
    await page.keyboard.type(tag.slice(0, 5))
    const option = page.getByRole('option', { name: new RegExp(`^${tag}`) })
    await option.waitFor()
    for (let turn = 0; turn < 9; turn += 1) {
      if ((await option.getAttribute('aria-selected')) === 'true') break
      await page.keyboard.press('ArrowDown')
    }
    const active = await searchBox(page).getAttribute('aria-activedescendant')
    expect(await option.getAttribute('id')).toBe(active)
    await page.keyboard.press('Enter')
    await expectSoon(() => addressOf(page).q).toBe(`tag:${tag}`)
    await expectSoon(() => tilesShown(page).then((ids) => ids.slice(0, 6))).toEqual(
      (await found(`tag:${tag}`)).slice(0, 6),
    )
    await page.keyboard.type('-rat')
    await page.getByRole('option', { name: 'rating:none' }).click()
    await expectSoon(() => addressOf(page).q).toBe(`tag:${tag} -rating:none`)
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await expectSoon(() => addressOf(page).q).toBeNull()
    await searchBox(page).click()
    await page.getByRole('option', { name: `tag:${tag} -rating:none` }).click()
    await expectSoon(() => addressOf(page).q).toBe(`tag:${tag} -rating:none`)
  })

  test('[interface-search-states] nothing found, too long and failed searches say so and go on', async () => {
    const page = await openPage(browser, product, '/gallery?q=zzzz')
    await page.getByRole('heading', { name: 'Nothing was found.' }).waitFor()
    const word = sample.words.find((one) => one.length > 7) ?? ''
    await searchBox(page).fill(`${word.slice(0, 3)}${word.slice(4)}`)
    const link = page.getByRole('button', { name: word, exact: true })
    await link.click()
    await expectSoon(() => addressOf(page).q).toBe(word)
    await expectSoon(() => tilesShown(page).then((ids) => ids.slice(0, 3))).toEqual(
      (await found(word)).slice(0, 3),
    )
    await searchBox(page).fill('long '.repeat(250))
    await page.getByRole('alert').getByText('at most 1000 characters; this one has 1249').waitFor()
    const error = { code: 'search_unavailable', message: 'Search stopped over this query.', details: {} }
    await page.route('**/api/search?*', (route) =>
      route.fulfill({ status: 503, json: { error: { ...error, request_id: 'a-request' } } }),
    )
    await searchBox(page).fill(sample.words[1] ?? '')
    await page.getByRole('alert').getByText('perhaps with fewer words').waitFor()
    await page.unroute('**/api/search?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await tiles(page).first().waitFor()
  })
})

/** The day an id was made on, by the clock of this machine. */
function dayOfId(id: string): string {
  const date = new Date(Number(id) / 1024)
  const part = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`
}
