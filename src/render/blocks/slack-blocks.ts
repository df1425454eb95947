// Slack's block shapes as this product sends them. The native chart is newer than `@slack/types` and is declared here.
import type { KnownBlock } from '@slack/types'

/** Native chart (Slack, 2026-06). Every series has exactly one point per category. */
export interface ChartBlock {
  readonly type: 'data_visualization'
  readonly block_id?: string
  readonly title: string
  readonly chart: {
    readonly type: 'line' | 'bar' | 'area'
    readonly series: readonly { readonly name: string; readonly data: readonly { readonly label: string; readonly value: number }[] }[]
    readonly axis_config: { readonly categories: readonly string[]; readonly x_label?: string; readonly y_label?: string }
  }
}

export type SlackBlock = KnownBlock | ChartBlock

/** A message as Slack is sent it. */
export interface SlackMessage {
  readonly text: string
  readonly blocks: SlackBlock[]
}

/** Which surface blocks are for: charts, tables and folds are for messages, tables also for Home, none for modals. */
export type Surface = 'message' | 'ephemeral' | 'modal' | 'home'
