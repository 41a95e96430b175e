// The admin's autocomplete draws a combobox of its own, which has no name: it gets that of the field's label.

function name(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`)
  const drawn = select.nextElementSibling?.querySelector('.select2-selection')
  const words = drawn?.querySelector('.select2-selection__rendered')
  if (!label || !words) return
  label.id ||= `${select.id}_label`
  drawn.setAttribute('aria-labelledby', `${label.id} ${words.id}`)
  words.setAttribute('aria-labelledby', label.id)
}

function nameAll(within) {
  for (const select of within.querySelectorAll('.select2-hidden-accessible')) name(select)
}

// The admin draws them with jQuery's ready, and anew for each row that is added.
new MutationObserver(() => nameAll(document)).observe(document.body, {childList: true, subtree: true})
nameAll(document)
