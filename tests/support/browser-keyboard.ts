import type { Locator, Page } from 'playwright-core'

/**
 * Walks with the Tab key until something has the focus.
 *
 * @throws Error where it is not reached, or where an element on the way shows nothing of having the focus
 */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let turn = 0; turn < 80; turn += 1) {
    if (await hasFocus(target)) return
    await page.keyboard.press(key)
    const hidden = await page.evaluate(describeInvisibleFocus)
    if (hidden !== null) throw new Error(`Nothing shows that this has the focus: ${hidden}`)
  }
  throw new Error(`The keyboard does not reach ${target.toString()}.`)
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && target.evaluate((element) => element === document.activeElement)
}

/**
 * Runs in the page: the element in focus where neither an outline nor a ring is drawn around it, or around the form or the
 * label that frames it; null where one is.
 */
function describeInvisibleFocus(): string | null {
  const element = document.activeElement
  if (element === null || element === document.body || element.tagName === 'MAIN') return null
  const isMarked = (place: Element): boolean => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(place)
    const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    // A ring is a shadow with a spread; Tailwind writes every other one as transparent and without size.
    return isOutlined || /\d+px \d+px \d+px [1-9]\d*px/.test(boxShadow)
  }
  const frame = element.matches('input, textarea') ? element.closest('form, label') : null
  return isMarked(element) || (frame !== null && isMarked(frame)) ? null : element.outerHTML.slice(0, 200)
}
