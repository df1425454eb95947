// A figure as somebody reads it off Gong's page and types it: `48 %`, `1:23`, `1m 23s`, `3,4`. Pure.

import { shownFigure } from '../../reports/wording/measure.ts'
import type { MeasureDefinition } from '../../stats/figures/results.ts'

/** In the measure's own unit (a share 0–1, seconds); undefined when it is no figure. */
export function typedFigure(text: string, unit: MeasureDefinition['unit']): number | undefined {
  const typed = text.trim().toLowerCase().replace(',', '.')
  if (unit === 'seconds') return typedSeconds(typed)
  const number = /^(-?\d+(?:\.\d+)?)\s*(%)?/.exec(typed)
  if (!number) return undefined
  const value = Number(number[1])
  // Nobody's page shows 0.5 % of talk time: a figure up to 1 without the sign is a share already.
  return unit === 'share' && (number[2] !== undefined || value > 1) ? value / 100 : value
}

function typedSeconds(typed: string): number | undefined {
  const clock = /^(?:(\d+):)?(\d+):(\d\d)$/.exec(typed)
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
  const words = /^(?:(\d+)\s*m(?:in)?\.?\s*)?(?:(\d+(?:\.\d+)?)\s*(?:s(?:ec)?\.?)?)?$/.exec(typed)
  if (!words || (words[1] === undefined && words[2] === undefined)) return undefined
  return Number(words[1] ?? 0) * 60 + Number(words[2] ?? 0)
}

/** Theirs less ours as both are printed: whole points of a share, seconds, or the figure itself. 0 is equal. */
export function differenceShown(definition: MeasureDefinition, ours: number, theirs: number): number {
  const [[, a], [, b]] = [shownFigure(definition, ours), shownFigure(definition, theirs)]
  return Math.round((b - a) * 10) / 10
}
