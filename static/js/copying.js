// A button beside an address that is shown once: it copies it, and says so.

for (const input of document.querySelectorAll("[data-copied]")) {
  const button = document.createElement("button")
  const said = document.createElement("span")
  button.type = "button"
  button.className = "button second"
  button.textContent = "Copy the address"
  said.setAttribute("role", "status")
  button.addEventListener("click", async () => {
    input.select()
    try {
      await navigator.clipboard.writeText(input.value)
      said.textContent = " Copied."
    } catch {
      said.textContent = " It is marked: copy it with your keyboard."
    }
  })
  input.after(button, said)
}
