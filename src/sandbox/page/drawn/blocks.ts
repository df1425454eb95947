// Blocks in order: words by the library, controls as native HTML, pictures and tables by the page. A block nobody here knows is named,
// not left out in silence.
import { isJson } from '../../slack/method.ts'
import { wordsOf } from '../../slack/view-state.ts'
import type { Json } from '../../slack/workspace.ts'
import { chart } from './chart.ts'
import { control, idOf, type Place, takesLabel } from './controls.ts'
import { dataTable } from './data-table.ts'
import { h, type ReactNode } from './element.ts'
import { libraryBlock, words } from './words.ts'

export const drawBlocks = (blocks: readonly Json[], place: Place, errors: Readonly<Record<string, string>> = {}): ReactNode =>
  h(
    'div',
    { className: 'blocks' },
    blocks.map((block, index) => h('div', { key: `${index}`, className: `block ${block.type}` }, drawBlock(block, place, errors))),
  )

function drawBlock(block: Json, place: Place, errors: Readonly<Record<string, string>>): ReactNode {
  const { slack } = place
  const blockId = String(block.block_id ?? '')
  switch (block.type) {
    case 'header': {
      const level = Number(block.level ?? 2) + 1
      return h(`h${Math.min(6, Math.max(3, level))}`, { className: `heading level-${block.level ?? 1}` }, wordsOf(block.text))
    }
    case 'divider':
      return h('hr', null)
    case 'section':
      return [
        h(
          'div',
          { className: 'said', key: 'said' },
          words(block.text, slack),
          Array.isArray(block.fields) &&
            h(
              'div',
              { className: 'fields' },
              block.fields.map((field, index) => h('div', { key: `${index}` }, words(field, slack))),
            ),
        ),
        isJson(block.accessory) && h('div', { className: 'accessory', key: 'accessory' }, control(block.accessory, place, { blockId })),
      ]
    case 'context':
      return (Array.isArray(block.elements) ? block.elements : []).map((element, index) =>
        h('span', { key: `${index}` }, words(element, slack)),
      )
    case 'actions':
      return (Array.isArray(block.elements) ? block.elements : [])
        .filter(isJson)
        .map((element, index) => h('span', { key: `${index}` }, control(element, place, { blockId })))
    case 'input':
      return input(block, place, errors[blockId])
    case 'data_visualization':
      return chart(block)
    case 'data_table':
    case 'table':
      return dataTable(block, slack)
    case 'alert':
      return h('div', { className: `alert ${block.level ?? 'default'}`, role: 'note' }, words(block.text, slack))
    case 'container':
      return container(block, place, errors)
    case 'rich_text':
    case 'markdown':
    case 'image':
    case 'card':
    case 'carousel':
      return libraryBlock(block, slack)
    default:
      return h('p', { className: 'unknown' }, `a ${block.type} block, which this page does not draw`)
  }
}

/** What can be collapsed is closed and opened by its title, also by keyboard. */
function container(block: Json, place: Place, errors: Readonly<Record<string, string>>): ReactNode {
  const title = wordsOf(block.title)
  const inside = drawBlocks(Array.isArray(block.child_blocks) ? block.child_blocks.filter(isJson) : [], place, errors)
  if (block.is_collapsible !== true) return [h('p', { key: 'title', className: 'container-title' }, title), inside]
  return h('details', { open: block.default_collapsed !== true }, h('summary', { className: 'container-title' }, title), inside)
}

function input(block: Json, place: Place, error: string | undefined): ReactNode {
  const blockId = String(block.block_id ?? '')
  const element = isJson(block.element) ? block.element : {}
  const id = `input-${blockId}`
  const described = [isJson(block.hint) && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return [
    h(
      takesLabel(element) ? 'label' : 'div',
      { key: 'label', id, className: 'label', ...(takesLabel(element) && { htmlFor: idOf(element, place, blockId) }) },
      wordsOf(block.label),
      block.optional === true && h('span', { className: 'optional' }, ' (optional)'),
    ),
    h(
      'div',
      { key: 'control' },
      control(element, place, {
        blockId,
        labelId: id,
        isInput: true,
        ...(described && { describedBy: described }),
        ...(block.dispatch_action === true && { dispatches: true }),
      }),
    ),
    error !== undefined && h('p', { key: 'error', id: `${id}-error`, className: 'error', role: 'alert' }, error),
    isJson(block.hint) && h('p', { key: 'hint', id: `${id}-hint`, className: 'hint' }, wordsOf(block.hint)),
  ]
}
