// Begins the demo again: asks first, says that it takes a moment, and comes back to the first screen with the tour.
import { confirmed } from './controls.ts'

const question = {
  title: 'Begin again?',
  text: 'Every message, digest and answer of this visit is gone, and it is Tuesday morning again. It takes about ten seconds.',
  yes: 'Begin again',
  no: 'Keep it',
  danger: true,
}

export function wireReset(reset: () => Promise<boolean>): void {
  document.addEventListener('click', async (event) => {
    if (!(event.target instanceof Element && event.target.closest('[data-reset]'))) return
    if (!(await confirmed({ confirm: question }))) return
    const curtain = document.createElement('dialog')
    curtain.className = 'modal confirm curtain'
    curtain.setAttribute('role', 'status')
    curtain.textContent = 'Beginning again …'
    document.body.append(curtain)
    curtain.showModal()
    if (!(await reset())) return curtain.remove()
    for (const kept of ['tour-done', 'tour-away']) sessionStorage.removeItem(kept)
    location.assign('/')
  })
}
