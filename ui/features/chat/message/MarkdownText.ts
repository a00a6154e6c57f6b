import { Lexer, type Token, type Tokens } from 'marked'
import { defineComponent, h, type VNode, type VNodeChild } from 'vue'
import { RouterLink } from 'vue-router'
import { ownPage } from './own-page.ts'

/**
 * Text with the marks of Markdown. It is read into tokens, and these become elements one by one: no HTML is ever made
 * of the text, pictures are not loaded, and links lead only to the product's own pages.
 */
export const MarkdownText = defineComponent({
  name: 'MarkdownText',
  props: { text: { type: String, required: true } },
  setup: (props) => () => h('div', { class: 'markdown' }, draw(Lexer.lex(props.text, { gfm: true }))),
})

const draw = (tokens: readonly Token[] | undefined): VNodeChild[] => (tokens ?? []).map(drawOne)

function drawOne(token: Token): VNodeChild {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'paragraph':
      return h('p', draw(token.tokens))
    // A page has its headings already; in a message they are but strong lines.
    case 'heading':
      return h('p', { class: 'markdown-heading' }, draw(token.tokens))
    case 'blockquote':
      return h('blockquote', draw(token.tokens))
    case 'list':
      return drawList(token as Tokens.List)
    case 'table':
      return drawTable(token as Tokens.Table)
    case 'code':
      return h('pre', { tabindex: 0 }, h('code', (token as Tokens.Code).text))
    case 'hr':
      return h('hr')
    case 'br':
      return h('br')
    case 'strong':
      return h('strong', draw(token.tokens))
    case 'em':
      return h('em', draw(token.tokens))
    case 'del':
      return h('del', draw(token.tokens))
    case 'codespan':
      return h('code', (token as Tokens.Codespan).text)
    case 'link':
      return drawLink(token as Tokens.Link)
    case 'image':
      return (token as Tokens.Image).text
    case 'text':
    case 'escape':
      return drawText(token as Tokens.Text)
    default:
      return token.raw
  }
}

/** The text of a list's item is in tokens of its own. */
function drawText({ text, tokens }: Tokens.Text): VNodeChild {
  return tokens === undefined ? text : draw(tokens)
}

function drawList({ ordered, start, items }: Tokens.List): VNodeChild {
  const rows = items.map((item) => h('li', draw(item.tokens)))
  return ordered ? h('ol', { start: start === '' ? 1 : start }, rows) : h('ul', rows)
}

function drawTable({ header, rows }: Tokens.Table): VNodeChild {
  const body = rows.map((row) => drawRow('td', row))
  const table = h('table', [h('thead', drawRow('th', header)), h('tbody', body)])
  return h('div', { class: 'markdown-table', tabindex: 0 }, table)
}

function drawRow(kind: 'th' | 'td', row: readonly Tokens.TableCell[]): VNode {
  const cells = row.map((cell) => h(kind, draw(cell.tokens)))
  return h('tr', cells)
}

/** A link that is not followed shows where it would have led. */
function drawLink({ href, text, tokens }: Tokens.Link): VNodeChild {
  const to = ownPage(href)
  if (to !== null) return h(RouterLink, { to }, () => draw(tokens))
  return href === text ? text : [...draw(tokens), ` (${href})`]
}
