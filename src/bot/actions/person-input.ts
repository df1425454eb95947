// A field of an admin's form in which somebody in Gong is looked for by name or address. `id` says who is offered.
import { cutText } from '../../domain/outside-text.ts'
import type { Person } from '../../domain/person.ts'
import type { InputPart } from '../../render/modal.ts'

export const personInput = (id: string, initial: Person | undefined): InputPart => ({
  type: 'input',
  id,
  label: 'Person in Gong',
  hint: 'Begin to type the name or address.',
  element: { type: 'search', initial: initial && { label: cutText(initial.name, 75) || initial.id, value: initial.id } },
})
