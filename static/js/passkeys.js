// Says in words that no key came, which the package only writes to the console.

const failed = document.getElementById('passkey-failed')

document.addEventListener('allauth.error', (event) => {
  if (!failed || !event.detail.tags.includes('webauthn')) return
  event.preventDefault()
  // Hidden again first, so that a second failure is said a second time.
  failed.hidden = true
  requestAnimationFrame(() => {
    failed.hidden = false
  })
})
