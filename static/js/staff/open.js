// Says every half minute that this page is open and looked at, and shows which other editors have it open.

const EVERY = 30_000
const line = document.querySelector("[data-open]")

async function tell() {
  if (document.visibilityState !== "visible") return
  const body = new URLSearchParams({ csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value })
  let words = ""
  try {
    const answer = await fetch(line.dataset.open, { method: "POST", body, redirect: "error" })
    if (answer.ok) words = (await answer.json()).words
  } catch {
    // Signed out, or no network: nothing is known of others.
  }
  if (line.textContent !== words) line.textContent = words
  line.hidden = !words
}

if (line) {
  setInterval(tell, EVERY)
  document.addEventListener("visibilitychange", tell)
}
