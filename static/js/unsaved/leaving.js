// Asks before a page is left that holds words the Society does not have yet, or a file that was chosen and not sent.

const forms = [...document.querySelectorAll("input[name=unsaved]")].map((holder) => holder.form)
let leaving = false

function holdsSomething(form) {
  const files = [...form.querySelectorAll("input[type=file]")]
  return form.hasAttribute("data-unkept") || files.some((input) => input.files.length)
}

for (const form of forms) {
  form.addEventListener("submit", () => (leaving = true))
  form.addEventListener("unsaved:left", () => (leaving = true))
}
addEventListener("pageshow", () => (leaving = false))
addEventListener("beforeunload", (event) => {
  if (!leaving && forms.some(holdsSomething)) event.preventDefault()
})
