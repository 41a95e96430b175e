// Arrow keys lead from card to card: up and down within a column, left and right to the columns beside it.

const board = document.querySelector('.board')
const columns = () => [...board.querySelectorAll('.board-column')].map(one => [...one.querySelectorAll('.board-card')])

/** The card to which a key leads from `card`; of a column without one, the next beyond it. */
function towards(key, card) {
  const all = columns()
  const at = all.findIndex(cards => cards.includes(card))
  const row = all[at].indexOf(card)
  if (key === 'ArrowDown') return all[at][row + 1]
  if (key === 'ArrowUp') return all[at][row - 1]
  const step = key === 'ArrowRight' ? 1 : -1
  for (let next = at + step; all[next]; next += step) {
    if (all[next].length) return all[next][Math.min(row, all[next].length - 1)]
  }
}

board?.addEventListener('keydown', event => {
  const card = event.target.closest('.board-card')
  if (!card || !/^Arrow/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const next = towards(event.key, card)
  if (!next) return
  event.preventDefault()
  // Where one stands on a link of a card, the next card's own link is what one comes to.
  const link = event.target === card ? next : next.querySelector('a') ?? next
  link.focus()
  next.scrollIntoView({block: 'nearest', inline: 'nearest'})
})

// The card that was moved: its address names it, and what was done is said there.
document.querySelector('.board-card.moved')?.focus()
