// Dark or light: as the machine is set until somebody presses the switch; kept for this visit.

export function wireTheme(): void {
  const root = document.documentElement
  const chosen = sessionStorage.getItem('theme')
  if (chosen !== null) root.dataset.theme = chosen
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element && event.target.closest('[data-theme-switch]'))) return
    const { theme } = root.dataset
    const isDark = theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
    root.dataset.theme = isDark ? 'light' : 'dark'
    sessionStorage.setItem('theme', root.dataset.theme)
  })
}
