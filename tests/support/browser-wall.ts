import type { Locator, Page } from 'playwright-core'

/** A picture on the wall, and how far below the wall's upper edge it begins. */
interface PlacedTile {
  readonly id: string
  readonly top: number
}

export const tiles = (page: Page): Locator => page.getByRole('region', { name: 'Pictures' }).getByRole('link')
export const searchBox = (page: Page): Locator => page.getByRole('combobox', { name: 'Search pictures' })

/** What the address says about the gallery. */
export function addressOf(page: Page): {
  path: string
  q: string | null
  order: string | null
  at: string | null
} {
  const { pathname: path, searchParams } = new URL(page.url())
  return { path, q: searchParams.get('q'), order: searchParams.get('order'), at: searchParams.get('at') }
}

/** Turns the wheel over the wall, and gives its pages a moment to come. */
export async function scrollBy(page: Page, pixels: number): Promise<void> {
  await page.mouse.move(600, 500)
  await page.mouse.wheel(0, pixels)
  await page.waitForTimeout(80)
}

/** The pictures that exist as elements, as the wall orders them. */
export async function tilesShown(page: Page): Promise<string[]> {
  return (await placedTiles(page)).map(({ id }) => id)
}

/** The first picture that shows by more than half, or the one that is named. */
export async function topTile(page: Page, id?: string): Promise<PlacedTile | undefined> {
  const placed = await placedTiles(page)
  if (id !== undefined) return placed.find((tile) => tile.id === id)
  return placed.find(({ top, height }) => top + height / 2 > 0)
}

function placedTiles(page: Page): Promise<(PlacedTile & { height: number })[]> {
  return page.evaluate(() => {
    const wall = document.querySelector('[aria-label="Pictures"]')?.parentElement
    const edge = wall?.getBoundingClientRect().top ?? 0
    return [...document.querySelectorAll<HTMLElement>('[data-tile]')]
      .map((element) => ({ id: element.dataset['tile'] ?? '', box: element.getBoundingClientRect() }))
      .toSorted((one, other) => one.box.top - other.box.top || one.box.left - other.box.left)
      .map(({ id, box }) => ({ id, top: Math.round(box.top - edge), height: box.height }))
  })
}
