// A fault of a searched field leads to the combobox that the admin draws for it: the select behind it is out of sight.

document.addEventListener('click', event => {
  const link = event.target.closest('.staff-errors a')
  const select = link && document.getElementById(link.hash.slice(1))
  const drawn = select?.nextElementSibling?.querySelector('.select2-selection')
  if (!drawn) return
  event.preventDefault()
  drawn.scrollIntoView({block: 'center'})
  drawn.focus()
})
